SELECT queue, count(*) AS count FROM delivery INDEXED BY delivery_failed
WHERE failed_at IS NOT NULL
GROUP BY queue
