-- What was done in a visit beyond its fee.
CREATE TABLE consultations.charges (
    id              uuid PRIMARY KEY,
    consultation_id uuid NOT NULL CONSTRAINT charges_consultation REFERENCES consultations.consultations (id) DEFERRABLE INITIALLY DEFERRED,
    description     text NOT NULL,
    amount          bigint NOT NULL CONSTRAINT charges_amount CHECK (amount > 0),
    currency        text NOT NULL,
    charged_by      uuid NOT NULL,
    charged_at      timestamptz NOT NULL,
    waived_at       timestamptz
);
CREATE INDEX charges_by_consultation ON consultations.charges (consultation_id, id);
