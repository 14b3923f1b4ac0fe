UPDATE delivery SET due_at = ?, attempts = ?, error_code = ?, error_message = ?
WHERE event = ? AND slot = ? AND failed_at IS NULL
RETURNING queue
