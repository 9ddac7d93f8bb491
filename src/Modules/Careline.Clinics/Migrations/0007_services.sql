-- What clinics sell. A service that was sold is never removed from the table: visits name it.
CREATE TABLE clinics.services (
    id               uuid PRIMARY KEY,
    clinic_id        uuid NOT NULL CONSTRAINT services_clinic REFERENCES clinics.clinics DEFERRABLE INITIALLY DEFERRED,
    name             text NOT NULL,
    category         text,
    description      text,
    preparation      text,
    modality         text NOT NULL,
    duration_minutes integer NOT NULL,
    price_amount     bigint NOT NULL,
    price_currency   text NOT NULL,
    is_active        boolean NOT NULL,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    removed_at       timestamptz,
    version          integer NOT NULL,
    CONSTRAINT services_price CHECK (price_amount >= 0),
    CONSTRAINT services_length CHECK (duration_minutes BETWEEN 5 AND 240),
    CONSTRAINT services_modality CHECK (modality IN ('video', 'audio', 'chat', 'in_person'))
);
CREATE UNIQUE INDEX services_name ON clinics.services (clinic_id, lower(btrim(name))) WHERE removed_at IS NULL;
CREATE INDEX services_by_price ON clinics.services (clinic_id, price_currency, price_amount) WHERE is_active AND removed_at IS NULL;

CREATE VIEW clinics.service_rows AS SELECT id, clinic_id, name FROM clinics.services;
