UPDATE delivery
SET failed_at = NULL, due_at = ?, waits_from = ?, attempts = 0, error_code = NULL, error_message = NULL
WHERE event = ? AND slot = ? AND failed_at IS NOT NULL
RETURNING queue
