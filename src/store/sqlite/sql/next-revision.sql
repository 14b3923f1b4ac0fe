UPDATE counter SET value = value + 1 WHERE name = 'revision' RETURNING value
