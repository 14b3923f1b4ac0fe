SELECT id FROM queue WHERE owner = ? AND target_id = ?
