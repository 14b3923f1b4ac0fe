SELECT revision FROM configuration WHERE kind = ? AND key = ?
