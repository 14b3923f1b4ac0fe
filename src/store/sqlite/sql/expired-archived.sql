SELECT time, event, bytes FROM archived INDEXED BY archived_received
WHERE archive = ? AND received_at < ?
ORDER BY received_at, event
LIMIT ?
