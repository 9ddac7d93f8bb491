-- What whoever runs the installation looks at: how jobs went, what could not be delivered, and how much there is of everything.
ALTER TABLE platform.outbox ADD failure text;
CREATE INDEX outbox_dead ON platform.outbox (dead_at DESC, id DESC) WHERE dead_at IS NOT NULL;
CREATE INDEX messages_undelivered ON platform.messages (created_at DESC, id DESC) WHERE status = 'failed';

CREATE VIEW platform.dead_letters AS SELECT id, handler, occurred_at, tries, dead_at, failure FROM platform.outbox WHERE dead_at IS NOT NULL;
CREATE VIEW platform.undelivered_messages AS SELECT id, channel, created_at, tries, failure FROM platform.messages WHERE status = 'failed';

-- An event that somebody decided not to deliver: that there was one, and why it was dropped. What it said is gone.
CREATE TABLE platform.discarded_letters (
    id           uuid PRIMARY KEY,
    handler      text NOT NULL,
    occurred_at  timestamptz NOT NULL,
    tries        integer NOT NULL,
    failure      text,
    reason       text NOT NULL,
    discarded_by uuid NOT NULL,
    discarded_at timestamptz NOT NULL
);
CREATE INDEX discarded_letters_by_time ON platform.discarded_letters (discarded_at DESC, id DESC);

ALTER TABLE platform.jobs ADD began_at timestamptz, ADD ended_at timestamptz, ADD duration_ms bigint, ADD failure text, ADD failures integer NOT NULL DEFAULT 0;

-- Counted now and then, so that nobody who looks counts large tables.
CREATE TABLE platform.figures (
    area       text NOT NULL,
    name       text NOT NULL,
    value      bigint NOT NULL,
    counted_at timestamptz NOT NULL,
    CONSTRAINT figures_pk PRIMARY KEY (area, name)
);
