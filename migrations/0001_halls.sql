-- Sites, halls, and what a hall's day is made of.

CREATE TABLE sites (
  id TEXT PRIMARY KEY,
  parent TEXT,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  name_en TEXT NOT NULL,
  address TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  cutover_hour BIGINT NOT NULL
);

-- The hall's row is the lock of its journal. `seq` and `time` are those of the last entry.
CREATE TABLE halls (
  id TEXT PRIMARY KEY,
  site TEXT,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  time TIMESTAMPTZ NOT NULL,
  due_at TIMESTAMPTZ,
  revision BIGINT NOT NULL,
  archived_seq BIGINT NOT NULL,
  made_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX halls_due ON halls (due_at);

-- Every setup a hall ever had; the row's `revision` says which one holds.
CREATE TABLE revisions (
  hall TEXT NOT NULL,
  number BIGINT NOT NULL,
  setup TEXT NOT NULL,
  made_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (hall, number)
);

-- The journals. The key is the proof that numbers are given once.
CREATE TABLE journal (
  hall TEXT NOT NULL,
  seq BIGINT NOT NULL,
  time TIMESTAMPTZ NOT NULL,
  caused_by TEXT NOT NULL,
  event TEXT NOT NULL,
  PRIMARY KEY (hall, seq)
);

-- Days that are over for good, as JSON lines of entries.
CREATE TABLE archive (
  hall TEXT NOT NULL,
  first_seq BIGINT NOT NULL,
  last_seq BIGINT NOT NULL,
  entries TEXT NOT NULL,
  PRIMARY KEY (hall, first_seq)
);

CREATE TABLE snapshots (
  hall TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  version BIGINT NOT NULL,
  fold TEXT NOT NULL,
  PRIMARY KEY (hall, epoch, seq)
);

-- Tickets as reports and their holders see them; the journal decides, these rows follow.
CREATE TABLE tickets (
  hall TEXT NOT NULL,
  ref BIGINT NOT NULL,
  id TEXT NOT NULL,
  number TEXT NOT NULL,
  day TEXT NOT NULL,
  local_date TEXT NOT NULL,
  local_hour BIGINT NOT NULL,
  first_queue TEXT NOT NULL,
  queue TEXT NOT NULL,
  state TEXT NOT NULL,
  priority TEXT,
  channel TEXT NOT NULL,
  language TEXT NOT NULL,
  visitor TEXT,
  counter TEXT,
  issued_at TIMESTAMPTZ NOT NULL,
  called_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ,
  finished_at TIMESTAMPTZ,
  estimate_p50_s BIGINT,
  estimate_p90_s BIGINT,
  shape TEXT NOT NULL,
  PRIMARY KEY (hall, ref)
);
CREATE UNIQUE INDEX tickets_by_id ON tickets (id);
CREATE INDEX tickets_by_day ON tickets (hall, day, first_queue);
CREATE INDEX tickets_by_visitor ON tickets (visitor);

-- One row for each time a visitor was at (or was called to) a counter and that ended.
CREATE TABLE services (
  hall TEXT NOT NULL,
  seq BIGINT NOT NULL,
  ref BIGINT NOT NULL,
  queue TEXT NOT NULL,
  counter TEXT NOT NULL,
  staff TEXT,
  outcome TEXT NOT NULL,
  called_at TIMESTAMPTZ NOT NULL,
  started_at TIMESTAMPTZ,
  finished_at TIMESTAMPTZ NOT NULL,
  wait_s BIGINT NOT NULL,
  service_s BIGINT,
  day TEXT NOT NULL,
  local_date TEXT NOT NULL,
  local_hour BIGINT NOT NULL,
  PRIMARY KEY (hall, seq)
);
CREATE INDEX services_by_day ON services (hall, day, queue);

-- Answers kept under a caller's key, so that a repeat gets the same one.
CREATE TABLE idempotency_keys (
  id TEXT PRIMARY KEY,
  body_hash TEXT NOT NULL,
  answer TEXT NOT NULL,
  made_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (made_at);

-- Persons: sealed values, and keyed hashes to find them again.
CREATE TABLE visitors (
  id TEXT PRIMARY KEY,
  phone_hash TEXT,
  identity_hash TEXT,
  sealed BYTEA NOT NULL,
  made_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX visitors_by_phone ON visitors (phone_hash);
CREATE UNIQUE INDEX visitors_by_identity ON visitors (identity_hash);

-- Visitors who were erased; applied again after every restore.
CREATE TABLE erasures (
  visitor TEXT PRIMARY KEY,
  made_at TIMESTAMPTZ NOT NULL
);

-- Free text beside an entry, sealed; never in the journal.
CREATE TABLE notes (
  hall TEXT NOT NULL,
  seq BIGINT NOT NULL,
  ref BIGINT,
  visitor TEXT,
  sealed BYTEA NOT NULL,
  made_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (hall, seq)
);

-- The words of announcements made by hand.
CREATE TABLE announcements (
  id TEXT PRIMARY KEY,
  hall TEXT NOT NULL,
  words TEXT,
  clip TEXT,
  made_at TIMESTAMPTZ NOT NULL
);
