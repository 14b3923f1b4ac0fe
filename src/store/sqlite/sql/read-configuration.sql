SELECT kind, key, value, revision FROM configuration
