SELECT time, event, bytes FROM archived WHERE archive = ? AND (time, event) > (?, ?) AND time < ?
ORDER BY time, event
LIMIT ?
