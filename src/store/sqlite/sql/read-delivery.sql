SELECT attempts FROM delivery WHERE event = ? AND slot = ?
