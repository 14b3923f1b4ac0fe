DELETE FROM archive WHERE number = ? AND events = 0
