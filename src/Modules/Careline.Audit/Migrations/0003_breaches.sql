-- A row may be corrected while more becomes known; what was changed, told and closed stands in breach_events, to which rows are only ever added.
CREATE TABLE audit.breaches (
    id                     uuid PRIMARY KEY,
    status                 text NOT NULL CONSTRAINT breaches_status CHECK (status IN ('open', 'notified', 'closed')),
    discovered_at          timestamptz NOT NULL,
    occurred_from          timestamptz,
    occurred_to            timestamptz,
    description            text NOT NULL,
    people_categories      text[] NOT NULL,
    data_categories        text[] NOT NULL,
    people_estimate        integer,
    records_estimate       integer,
    patient_ids            uuid[] NOT NULL,
    consequences           text,
    measures_taken         text,
    measures_proposed      text,
    advice                 text,
    contact_point          text,
    was_encrypted          boolean,
    risk_level             text CONSTRAINT breaches_risk CHECK (risk_level IN ('low', 'medium', 'high')),
    authority_notified_at  timestamptz,
    patients_notified_at   timestamptz,
    media_notified_at      timestamptz,
    closed_at              timestamptz,
    created_by             uuid NOT NULL,
    created_at             timestamptz NOT NULL,
    updated_at             timestamptz NOT NULL,
    version                integer NOT NULL
);
CREATE INDEX breaches_discovered ON audit.breaches (discovered_at, id);

CREATE TABLE audit.breach_events (
    id        uuid PRIMARY KEY,
    breach_id uuid NOT NULL CONSTRAINT breach_events_breach REFERENCES audit.breaches DEFERRABLE INITIALLY DEFERRED,
    at        timestamptz NOT NULL,
    actor_id  uuid NOT NULL,
    step      text NOT NULL,
    fields    text[] NOT NULL,
    who       text,
    told_at   timestamptz,
    note      text
);
CREATE INDEX breach_events_breach ON audit.breach_events (breach_id, id);
