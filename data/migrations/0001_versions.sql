-- Every record of every collection is a canonical JSON document with
-- append-only versions. A version is superseded, never changed.
CREATE TABLE version (
  seq            INTEGER PRIMARY KEY,  -- order of writing; the change log's leaf is seq-1
  collection     TEXT NOT NULL,
  id             TEXT NOT NULL,
  version        INTEGER NOT NULL,     -- 1, 2, 3 ... of this record
  recorded_at    TEXT NOT NULL,        -- RFC 3339 UTC, microseconds
  recorded_until TEXT,                 -- recorded_at of the next version; null: current
  public_from    TEXT,                 -- the public view shows it in [public_from, public_until)
  public_until   TEXT,                 -- null with public_from: still; both null: never shown
  author         TEXT NOT NULL,
  operation      TEXT NOT NULL CHECK (operation IN ('create', 'update', 'delete', 'derive')),
  reason         TEXT NOT NULL DEFAULT '',
  doc            TEXT,                 -- canonical JSON as asserted; null: deleted
  feature        BLOB,                 -- GeoJSON feature of the public view, UTF-8; null: not public
  withdrawn_by   INTEGER,              -- seq of a later version whose gate lets less through; the public sees neither
  seal           BLOB NOT NULL,        -- 16 secret random bytes that keep the leaf from being guessed, and column checks
  UNIQUE (collection, id, version)
) STRICT;

CREATE INDEX version_public ON version (public_from) WHERE public_from IS NOT NULL;
CREATE INDEX version_hidden ON version (collection) WHERE public_from IS NULL AND recorded_until IS NULL;

-- The Merkle tree's stored hashes (golang.org/x/mod/sumdb/tlog), 256 of 32 bytes to a row.
CREATE TABLE log_chunk (
  n      INTEGER PRIMARY KEY,
  hashes BLOB NOT NULL
) STRICT;

-- Signed tree heads.
CREATE TABLE checkpoint (
  size      INTEGER PRIMARY KEY,
  signed_at TEXT NOT NULL,
  note      TEXT NOT NULL
) STRICT;

-- What the deployment says of itself: title, time zone, attribution ...
CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- Each attempt to hand a scheduled report to somebody.
CREATE TABLE delivery (
  id        INTEGER PRIMARY KEY,
  schedule  TEXT NOT NULL,
  due       TEXT NOT NULL,  -- RFC 3339 UTC
  recipient TEXT NOT NULL,  -- address or directory
  attempt   INTEGER NOT NULL,
  at        TEXT NOT NULL,
  error     TEXT NOT NULL DEFAULT ''  -- empty: delivered
) STRICT;

CREATE INDEX delivery_due ON delivery (schedule, due, recipient);
