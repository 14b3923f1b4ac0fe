DELETE FROM configuration WHERE kind = ? AND key = ?
