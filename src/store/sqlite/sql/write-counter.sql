UPDATE counter SET value = ? WHERE name = ?
