-- Players: the programs beside screens, strips and kiosks; and those that ask to become one.
-- zones and settings are JSON.
CREATE TABLE players (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  face TEXT NOT NULL,
  hall TEXT NOT NULL,
  zones TEXT NOT NULL,
  counter TEXT,
  settings TEXT NOT NULL,
  version TEXT,
  paired_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX players_of_hall ON players (hall);
CREATE TABLE pairings (
  code TEXT PRIMARY KEY,
  secret_hash TEXT NOT NULL UNIQUE,
  face TEXT NOT NULL,
  wish TEXT NOT NULL,
  state TEXT NOT NULL,
  player TEXT,
  made_at TIMESTAMPTZ NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX pairings_by_end ON pairings (expires_at);
