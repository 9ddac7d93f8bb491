CREATE TABLE audit.events (
    id           uuid PRIMARY KEY,
    at           timestamptz NOT NULL,
    actor_id     uuid,
    roles        text[] NOT NULL,
    session_id   uuid,
    address_hash bytea,
    action       text NOT NULL,
    resource     text,
    resource_id  uuid,
    patient_ids  uuid[] NOT NULL,
    purpose      text NOT NULL,
    outcome      text NOT NULL,
    fields       text[] NOT NULL,
    request_id   text NOT NULL
);
CREATE INDEX events_patients ON audit.events USING gin (patient_ids);
CREATE INDEX events_actor ON audit.events (actor_id, at);
CREATE INDEX events_at ON audit.events USING brin (at);
