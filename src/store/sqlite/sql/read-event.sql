SELECT id, bus_arn AS busArn, received_at AS receivedAt, envelope, hops FROM event WHERE sequence = ?
