-- What was promised to a ticket at its issue gets its lower end: eight of ten waits lie between the tenth and
-- the ninetieth percentile.
ALTER TABLE tickets ADD COLUMN estimate_p10_s BIGINT;
