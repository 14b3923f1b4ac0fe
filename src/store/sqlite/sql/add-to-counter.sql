UPDATE counter SET value = value + ? WHERE name = ? RETURNING value
