-- The numbers are encrypted for their row; the index is a keyed hash of the member number, for finding it again by equality alone.
CREATE TABLE patients.insurance (
    id                      uuid PRIMARY KEY,
    patient_id              uuid NOT NULL CONSTRAINT insurance_patient REFERENCES patients.patients DEFERRABLE INITIALLY DEFERRED,
    provider                text NOT NULL,
    plan                    text,
    member_number_sealed    bytea NOT NULL,
    member_number_index     bytea NOT NULL,
    member_number_last_four text NOT NULL,
    group_number_sealed     bytea,
    holder                  text,
    relation                text,
    valid_from              date,
    valid_until             date,
    is_primary              boolean NOT NULL,
    recorded_by             uuid NOT NULL,
    created_at              timestamptz NOT NULL,
    updated_at              timestamptz NOT NULL,
    removed_at              timestamptz,
    version                 integer NOT NULL
);
CREATE INDEX insurance_of_patient ON patients.insurance (patient_id) WHERE removed_at IS NULL;
CREATE INDEX insurance_number ON patients.insurance (member_number_index) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX insurance_one_primary ON patients.insurance (patient_id) WHERE is_primary AND removed_at IS NULL;
