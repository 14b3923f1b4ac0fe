SELECT queue, count(*) AS count FROM delivery INDEXED BY delivery_owed
WHERE failed_at IS NULL
GROUP BY queue
