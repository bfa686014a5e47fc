-- Messages owed to the outside world, and how carrying them goes. Ids only: what is said is made when it is carried.
CREATE TABLE deliveries (
  id TEXT PRIMARY KEY,
  cause TEXT NOT NULL UNIQUE,
  channel TEXT NOT NULL,
  hall TEXT NOT NULL,
  ref BIGINT NOT NULL,
  player TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  why TEXT,
  made_at TIMESTAMPTZ NOT NULL,
  due_at TIMESTAMPTZ NOT NULL,
  claimed_until TIMESTAMPTZ,
  expires_at TIMESTAMPTZ NOT NULL,
  ended_at TIMESTAMPTZ
);
CREATE INDEX deliveries_by_state ON deliveries (state, due_at);
CREATE INDEX deliveries_of_ticket ON deliveries (hall, ref);
