INSERT INTO event (sequence, id, bus_arn, received_at, envelope, hops, archives) VALUES (?, ?, ?, ?, ?, ?, ?)
