-- No foreign key: that a sealed event is gone must be found and named, not prevented from being recorded.
CREATE TABLE audit.seals (
    position bigint PRIMARY KEY,
    event_id uuid NOT NULL,
    hash     bytea NOT NULL
);
CREATE UNIQUE INDEX seals_event ON audit.seals (event_id);

-- Sealing asks each second for the newest events and reading goes backwards through them: a BRIN index cannot give an order.
DROP INDEX audit.events_at;
CREATE INDEX events_at ON audit.events (at, id);
