-- Things that a person must look at. hall '' = the whole hub.
CREATE TABLE alerts (
  id TEXT PRIMARY KEY,
  hall TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  state TEXT NOT NULL,
  raised_at TIMESTAMPTZ NOT NULL,
  taken_by TEXT,
  taken_at TIMESTAMPTZ,
  handled_by TEXT,
  handled_at TIMESTAMPTZ,
  note TEXT
);
-- One open alert for one thing.
CREATE UNIQUE INDEX alerts_open ON alerts (hall, kind, subject) WHERE state <> 'handled';
CREATE INDEX alerts_of_hall ON alerts (hall, raised_at);
