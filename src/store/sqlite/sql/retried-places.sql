SELECT queue, due_at AS dueAt, event, slot, waits_from AS waitsFrom FROM delivery INDEXED BY delivery_retried
WHERE failed_at IS NULL AND error_code IS NOT NULL AND queue = ?
ORDER BY waits_from, event, slot
