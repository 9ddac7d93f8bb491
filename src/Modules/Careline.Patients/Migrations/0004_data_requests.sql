ALTER TABLE patients.patients ADD COLUMN restricted_at timestamptz, ADD COLUMN erased_at timestamptz;

-- What a person asks about the data held of them. The law gives an answer a date.
CREATE TABLE patients.data_requests (
    id         uuid PRIMARY KEY,
    patient_id uuid NOT NULL CONSTRAINT data_requests_patient REFERENCES patients.patients DEFERRABLE INITIALLY DEFERRED,
    kind       text NOT NULL CONSTRAINT data_requests_kind CHECK (kind IN ('correction', 'restriction', 'erasure')),
    status     text NOT NULL CONSTRAINT data_requests_status CHECK (status IN ('open', 'approved', 'rejected', 'done')),
    reason     text NOT NULL,
    note       text,
    due_at     timestamptz NOT NULL,
    decided_at timestamptz,
    decided_by uuid,
    closed_at  timestamptz,
    kept_until timestamptz,
    created_by uuid NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version    integer NOT NULL
);
CREATE UNIQUE INDEX data_requests_one_open ON patients.data_requests (patient_id, kind) WHERE status IN ('open', 'approved');
CREATE INDEX data_requests_due ON patients.data_requests (status, due_at, id);
CREATE INDEX data_requests_created ON patients.data_requests (created_at, id);

-- Who did what about a request and when: only ever added; an erasure takes the words and leaves the rest.
CREATE TABLE patients.data_request_events (
    id         uuid PRIMARY KEY,
    request_id uuid NOT NULL CONSTRAINT data_request_events_request REFERENCES patients.data_requests DEFERRABLE INITIALLY DEFERRED,
    at         timestamptz NOT NULL,
    actor_id   uuid NOT NULL,
    step       text NOT NULL,
    note       text
);
CREATE INDEX data_request_events_request ON patients.data_request_events (request_id, id);

-- A record that must not be erased, since a court or an authority may ask for it. Ended, never removed.
CREATE TABLE patients.legal_holds (
    id         uuid PRIMARY KEY,
    patient_id uuid NOT NULL CONSTRAINT legal_holds_patient REFERENCES patients.patients DEFERRABLE INITIALLY DEFERRED,
    reason     text NOT NULL,
    placed_by  uuid NOT NULL,
    placed_at  timestamptz NOT NULL,
    lifted_by  uuid,
    lifted_at  timestamptz
);
CREATE UNIQUE INDEX legal_holds_one ON patients.legal_holds (patient_id) WHERE lifted_at IS NULL;
