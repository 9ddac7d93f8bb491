-- The patient opened the record to a doctor for a time. Ended, never removed: the patient looks back at it.
CREATE TABLE patients.access_grants (
    id         uuid PRIMARY KEY,
    patient_id uuid NOT NULL CONSTRAINT access_grants_patient REFERENCES patients.patients DEFERRABLE INITIALLY DEFERRED,
    doctor_id  uuid NOT NULL,
    account_id uuid NOT NULL CONSTRAINT access_grants_account REFERENCES accounts.accounts DEFERRABLE INITIALLY DEFERRED,
    granted_by uuid NOT NULL,
    reason     text,
    granted_at timestamptz NOT NULL,
    until      timestamptz NOT NULL,
    ended_at   timestamptz
);
CREATE INDEX access_grants_patient_time ON patients.access_grants (patient_id, granted_at DESC);
