SELECT owner, target_id AS targetId, attempts FROM delivery WHERE event = ? AND slot = ?
