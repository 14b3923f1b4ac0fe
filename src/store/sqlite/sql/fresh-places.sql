SELECT queue, due_at AS dueAt, event, slot, waits_from AS waitsFrom FROM delivery INDEXED BY delivery_owed
WHERE failed_at IS NULL AND queue = ? AND due_at <= ? AND error_code IS NULL
ORDER BY due_at, event, slot
