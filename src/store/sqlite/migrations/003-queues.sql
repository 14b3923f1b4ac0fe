-- What one target is owed is a queue. A delivery names its queue by number and no longer repeats an ARN.
CREATE TABLE queue (
  id INTEGER PRIMARY KEY,
  owner TEXT NOT NULL,
  target_id TEXT NOT NULL,
  UNIQUE (owner, target_id)
);

INSERT INTO queue (owner, target_id) SELECT DISTINCT owner, target_id FROM delivery;

-- Owed while failed_at is NULL; the error is that of the last attempt, NULL while there was none. It waits from
-- when its event was received or, where it was redriven, from then.
CREATE TABLE queued_delivery (
  event INTEGER NOT NULL,
  slot INTEGER NOT NULL,
  queue INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  waits_from INTEGER NOT NULL,
  failed_at INTEGER,
  error_code TEXT,
  error_message TEXT,
  PRIMARY KEY (event, slot)
) WITHOUT ROWID;

INSERT INTO queued_delivery
SELECT delivery.event, slot, queue.id, attempts, due_at, coalesce(received_at, due_at), failed_at, error_code,
  error_message
FROM delivery
JOIN queue ON queue.owner = delivery.owner AND queue.target_id = delivery.target_id
LEFT JOIN event ON event.sequence = delivery.event;

DROP TABLE delivery;
ALTER TABLE queued_delivery RENAME TO delivery;

CREATE INDEX delivery_owed ON delivery (queue, due_at, event, slot) WHERE failed_at IS NULL;
-- Of what was not attempted yet, the longest due waits longest; only what was needs an order of its own.
CREATE INDEX delivery_retried ON delivery (queue, waits_from, event, slot)
WHERE failed_at IS NULL AND error_code IS NOT NULL;
CREATE INDEX delivery_failed ON delivery (event, slot, queue, error_code) WHERE failed_at IS NOT NULL;
