INSERT INTO configuration (kind, key, value, revision) VALUES (?, ?, ?, ?)
ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value, revision = excluded.revision
