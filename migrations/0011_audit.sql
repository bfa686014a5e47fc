-- What was done by whom, chained by hashes: one chain a hall, one a node. The chain's row is its lock.
CREATE TABLE audit_chains (
  chain TEXT PRIMARY KEY,
  n BIGINT NOT NULL,
  hash TEXT NOT NULL
);
CREATE TABLE audit (
  chain TEXT NOT NULL,
  n BIGINT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  target TEXT NOT NULL,
  detail TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (chain, n)
);
CREATE INDEX audit_by_time ON audit (at, chain, n);
