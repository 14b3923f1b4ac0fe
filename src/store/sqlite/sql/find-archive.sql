SELECT number, events, bytes FROM archive WHERE key = ?
