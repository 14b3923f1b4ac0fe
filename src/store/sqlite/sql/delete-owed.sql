DELETE FROM delivery WHERE event = ? AND slot = ? AND failed_at IS NULL
