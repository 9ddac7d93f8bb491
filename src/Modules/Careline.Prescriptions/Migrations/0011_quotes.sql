-- What a pharmacy asks for what it hands out.
CREATE TABLE prescriptions.quotes (
    id         uuid PRIMARY KEY CONSTRAINT quotes_prescription REFERENCES prescriptions.prescriptions (id) DEFERRABLE INITIALLY DEFERRED,
    clinic_id  uuid NOT NULL CONSTRAINT quotes_clinic REFERENCES clinics.clinics (id) DEFERRABLE INITIALLY DEFERRED,
    amount     bigint NOT NULL CONSTRAINT quotes_amount CHECK (amount > 0),
    currency   text NOT NULL,
    quoted_by  uuid NOT NULL,
    quoted_at  timestamptz NOT NULL,
    version    integer NOT NULL
);
