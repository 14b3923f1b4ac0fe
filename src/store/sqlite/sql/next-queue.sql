SELECT queue, due_at AS dueAt FROM delivery INDEXED BY delivery_owed
WHERE failed_at IS NULL AND queue > ?
ORDER BY queue, due_at
LIMIT 1
