SELECT owner, target_id AS targetId FROM queue WHERE id = ?
