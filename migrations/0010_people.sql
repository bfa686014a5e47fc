-- Who may use the hub, and what is known of them between two requests.
CREATE TABLE people (
  id TEXT PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  staff_no TEXT NOT NULL,
  password TEXT NOT NULL,
  must_change_password BOOLEAN NOT NULL,
  disabled BOOLEAN NOT NULL,
  valid_from TIMESTAMPTZ,
  valid_until TIMESTAMPTZ,
  proof_secret TEXT,
  proof_confirmed BOOLEAN NOT NULL,
  proof_counted BIGINT NOT NULL,
  made_at TIMESTAMPTZ NOT NULL
);
-- hall '' = every hall.
CREATE TABLE grants (
  person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  hall TEXT NOT NULL,
  PRIMARY KEY (person, role, hall)
);
CREATE TABLE recovery_codes (
  person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  code_hash TEXT NOT NULL,
  PRIMARY KEY (person, code_hash)
);
CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  key_hash TEXT NOT NULL UNIQUE,
  person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  made_at TIMESTAMPTZ NOT NULL,
  last_seen TIMESTAMPTZ NOT NULL
);
CREATE INDEX sessions_of_person ON sessions (person);
CREATE INDEX sessions_by_last_seen ON sessions (last_seen);
-- hall '' = every hall; scopes separated by one space; player = the player that holds it.
CREATE TABLE tokens (
  id TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  hall TEXT NOT NULL,
  player TEXT,
  made_at TIMESTAMPTZ NOT NULL,
  made_by TEXT,
  last_seen TIMESTAMPTZ,
  revoked_at TIMESTAMPTZ
);
CREATE INDEX tokens_of_player ON tokens (player);
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
