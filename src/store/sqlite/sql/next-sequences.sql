UPDATE counter SET value = value + ? WHERE name = 'sequence' RETURNING value
