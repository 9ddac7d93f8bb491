CREATE TABLE patients.break_glass (
    id         uuid PRIMARY KEY,
    patient_id uuid NOT NULL CONSTRAINT break_glass_patient REFERENCES patients.patients DEFERRABLE INITIALLY DEFERRED,
    account_id uuid NOT NULL CONSTRAINT break_glass_account REFERENCES accounts.accounts DEFERRABLE INITIALLY DEFERRED,
    reason     text NOT NULL,
    opened_at  timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX break_glass_patient_time ON patients.break_glass (patient_id, opened_at);
