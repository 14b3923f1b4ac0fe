SELECT queue, due_at AS dueAt, event, slot FROM delivery INDEXED BY delivery_owed
WHERE failed_at IS NULL AND queue = ? AND (due_at, event, slot) > (?, ?, ?) AND due_at <= ?
ORDER BY due_at, event, slot
