INSERT INTO delivery (event, slot, queue, attempts, due_at, waits_from) VALUES (?, ?, ?, 0, ?, ?)
