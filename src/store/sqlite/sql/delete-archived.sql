DELETE FROM archived WHERE archive = ? AND time = ? AND event = ?
