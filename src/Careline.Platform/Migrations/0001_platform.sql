CREATE TABLE platform.outbox (
    id          uuid PRIMARY KEY,
    handler     text NOT NULL,
    payload     jsonb NOT NULL,
    occurred_at timestamptz NOT NULL,
    due_at      timestamptz NOT NULL,
    tries       integer NOT NULL,
    dead_at     timestamptz
);
CREATE INDEX outbox_due ON platform.outbox (due_at, id) WHERE dead_at IS NULL;

CREATE TABLE platform.idempotency_keys (
    actor_id   uuid NOT NULL,
    key        text NOT NULL,
    route      text NOT NULL,
    body_hash  bytea NOT NULL,
    status     integer,
    answer     bytea,
    etag       text,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (actor_id, key)
);
CREATE INDEX idempotency_keys_created ON platform.idempotency_keys (created_at);

-- One row: how far the application's time runs ahead of the machine's (Development only).
CREATE TABLE platform.clock (
    only_row       boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    offset_seconds bigint NOT NULL
);
INSERT INTO platform.clock (offset_seconds) VALUES (0);

-- A recurring job runs on one host at a time: whoever moves next_at on holds it until then.
CREATE TABLE platform.jobs (
    name    text PRIMARY KEY,
    next_at timestamptz NOT NULL
);

-- Secrets that a Development installation makes for itself and keeps across restarts.
CREATE TABLE platform.secrets (
    name  text PRIMARY KEY,
    value bytea NOT NULL
);
