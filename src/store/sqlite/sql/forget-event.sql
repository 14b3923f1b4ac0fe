DELETE FROM event WHERE sequence = ? AND archives = 0
  AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.event = event.sequence)
