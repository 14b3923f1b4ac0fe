INSERT INTO archive (key, events, bytes) VALUES (?, ?, ?)
ON CONFLICT (key) DO UPDATE SET events = events + excluded.events, bytes = bytes + excluded.bytes
RETURNING number
