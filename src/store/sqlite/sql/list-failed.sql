SELECT event, slot, owner, target_id AS targetId, attempts, failed_at AS failedAt,
  error_code AS errorCode, error_message AS errorMessage
FROM delivery INDEXED BY delivery_failed LEFT JOIN queue ON queue.id = delivery.queue
WHERE failed_at IS NOT NULL AND (event, slot) > (@event, @slot)
  AND (@errorCode IS NULL OR error_code = @errorCode)
  AND (@owner IS NULL OR owner = @owner)
  AND (@targetId IS NULL OR target_id = @targetId)
ORDER BY event, slot
LIMIT @max
