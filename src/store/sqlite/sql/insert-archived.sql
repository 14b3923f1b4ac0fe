INSERT INTO archived (archive, time, event, received_at, bytes) VALUES (?, ?, ?, ?, ?)
