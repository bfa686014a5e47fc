-- Recorded clips that can be announced: sound as WAV, one channel, 24 kHz, 16 bit.
CREATE TABLE clips (
  id TEXT PRIMARY KEY,
  hall TEXT NOT NULL,
  name TEXT NOT NULL,
  sound BYTEA NOT NULL,
  length_ms BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  made_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX clips_by_hall ON clips (hall, name);
