SELECT id, bus_arn AS busArn, received_at AS receivedAt, envelope FROM event WHERE sequence = ?
