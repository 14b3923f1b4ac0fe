-- Columns that hold text of the outside world hold a BLOB where UTF-8 can't say it: see stored-text.ts.

-- Numbers given out, which never repeat, and numbers of deliveries: see counters.ts.
CREATE TABLE counter (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) WITHOUT ROWID;

INSERT INTO counter (name, value) VALUES ('failed', 0), ('owed', 0), ('revision', 0), ('sequence', 0);

CREATE TABLE configuration (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (kind, key)
) WITHOUT ROWID;

CREATE TABLE event (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  bus_arn TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  envelope TEXT NOT NULL
);

-- Owed while failed_at is NULL; the error is that of the last attempt.
CREATE TABLE delivery (
  event INTEGER NOT NULL,
  slot INTEGER NOT NULL,
  owner TEXT NOT NULL,
  target_id TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  failed_at INTEGER,
  error_code TEXT,
  error_message TEXT,
  PRIMARY KEY (event, slot)
) WITHOUT ROWID;

CREATE INDEX delivery_owed ON delivery (due_at, event, slot) WHERE failed_at IS NULL;
CREATE INDEX delivery_failed ON delivery (event, slot) WHERE failed_at IS NOT NULL;
