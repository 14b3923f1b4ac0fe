SELECT event, slot, owner, target_id AS targetId, attempts, failed_at AS failedAt,
  error_code AS errorCode, error_message AS errorMessage
FROM delivery INDEXED BY delivery_failed
WHERE failed_at IS NOT NULL AND (event, slot) > (?, ?)
ORDER BY event, slot
LIMIT ?
