DELETE FROM queue
WHERE NOT EXISTS (
  SELECT 1 FROM delivery INDEXED BY delivery_owed WHERE failed_at IS NULL AND delivery.queue = queue.id
) AND id NOT IN (
  SELECT queue FROM delivery INDEXED BY delivery_failed WHERE failed_at IS NOT NULL
)
