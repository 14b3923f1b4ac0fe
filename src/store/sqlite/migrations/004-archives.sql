-- How many archives retain the event: it is kept while that is not 0, whatever it owes.
ALTER TABLE event ADD COLUMN archives INTEGER NOT NULL DEFAULT 0;

-- The archives that hold events, with how much they hold; a number stands for a key, which is long.
CREATE TABLE archive (
  number INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  events INTEGER NOT NULL,
  bytes INTEGER NOT NULL
);

-- Events in archives: read in the order of their time, let go of in the order of their receipt.
CREATE TABLE archived (
  archive INTEGER NOT NULL,
  time INTEGER NOT NULL,
  event INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (archive, time, event)
) WITHOUT ROWID;

CREATE INDEX archived_received ON archived (archive, received_at, event);
