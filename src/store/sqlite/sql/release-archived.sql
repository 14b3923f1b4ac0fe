UPDATE event SET archives = archives - 1 WHERE sequence = ?
