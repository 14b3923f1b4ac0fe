SELECT owner, target_id AS targetId, attempts
FROM delivery LEFT JOIN queue ON queue.id = delivery.queue
WHERE event = ? AND slot = ?
