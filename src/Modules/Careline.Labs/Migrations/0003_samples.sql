CREATE TABLE labs.samples (
    id               uuid PRIMARY KEY,
    order_id         uuid NOT NULL CONSTRAINT samples_order REFERENCES labs.orders DEFERRABLE INITIALLY DEFERRED,
    accession        text NOT NULL CONSTRAINT samples_accession UNIQUE,
    specimen         text NOT NULL,
    container        text,
    status           text NOT NULL,
    collected_by     uuid NOT NULL CONSTRAINT samples_collected_by REFERENCES accounts.accounts DEFERRABLE INITIALLY DEFERRED,
    collected_at     timestamptz NOT NULL,
    received_by      uuid CONSTRAINT samples_received_by REFERENCES accounts.accounts DEFERRABLE INITIALLY DEFERRED,
    received_at      timestamptz,
    rejected_by      uuid CONSTRAINT samples_rejected_by REFERENCES accounts.accounts DEFERRABLE INITIALLY DEFERRED,
    rejected_at      timestamptz,
    rejection_reason text,
    rejection_note   text,
    CONSTRAINT samples_status CHECK (status IN ('collected', 'received', 'rejected')),
    CONSTRAINT samples_rejected CHECK ((status = 'rejected') = (rejected_at IS NOT NULL) AND (rejected_at IS NULL) = (rejection_reason IS NULL))
);
CREATE INDEX samples_by_order ON labs.samples (order_id, id);
