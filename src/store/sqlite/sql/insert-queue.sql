INSERT INTO queue (owner, target_id) VALUES (?, ?) RETURNING id
