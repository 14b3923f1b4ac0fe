SELECT queue, due_at AS dueAt, event, slot FROM delivery INDEXED BY delivery_owed
WHERE failed_at IS NULL AND queue = ? AND (due_at, event, slot) > (?, ?, ?)
ORDER BY due_at, event, slot
