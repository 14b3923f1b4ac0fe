INSERT INTO delivery (event, slot, owner, target_id, attempts, due_at) VALUES (?, ?, ?, ?, 0, ?)
