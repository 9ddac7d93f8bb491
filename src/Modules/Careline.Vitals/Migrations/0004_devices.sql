-- Devices of patients. A token is kept as a hash, a code as a keyed one; the first half of a code finds it.
CREATE TABLE vitals.devices (
    id           uuid PRIMARY KEY,
    patient_id   uuid NOT NULL CONSTRAINT devices_patient REFERENCES patients.patients (id) DEFERRABLE INITIALLY DEFERRED,
    name         text NOT NULL,
    token_hash   bytea NOT NULL CONSTRAINT devices_token UNIQUE,
    paired_by    uuid NOT NULL CONSTRAINT devices_paired_by REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    paired_at    timestamptz NOT NULL,
    last_seen_at timestamptz,
    window_at    timestamptz NOT NULL,
    window_count integer NOT NULL,
    revoked_by   uuid CONSTRAINT devices_revoked_by REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    revoked_at   timestamptz
);
CREATE INDEX devices_by_patient ON vitals.devices (patient_id, id);
ALTER TABLE vitals.vital_sets ADD CONSTRAINT vital_sets_device FOREIGN KEY (device_id) REFERENCES vitals.devices (id) DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE vitals.pairing_codes (
    id         uuid PRIMARY KEY,
    patient_id uuid NOT NULL CONSTRAINT pairing_codes_patient REFERENCES patients.patients (id) DEFERRABLE INITIALLY DEFERRED,
    selector   text NOT NULL CONSTRAINT pairing_codes_selector UNIQUE,
    code_hash  bytea NOT NULL,
    tries      integer NOT NULL,
    created_by uuid NOT NULL CONSTRAINT pairing_codes_created_by REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE INDEX pairing_codes_by_patient ON vitals.pairing_codes (patient_id);
CREATE INDEX pairing_codes_by_end ON vitals.pairing_codes (expires_at);

-- As they were sent: by this a reading is known that was sent before, and here those stay that are kept apart.
CREATE TABLE vitals.device_readings (
    device_id   uuid NOT NULL CONSTRAINT device_readings_device REFERENCES vitals.devices (id) DEFERRABLE INITIALLY DEFERRED,
    reading_id  text NOT NULL,
    patient_id  uuid NOT NULL CONSTRAINT device_readings_patient REFERENCES patients.patients (id) DEFERRABLE INITIALLY DEFERRED,
    measure     text NOT NULL,
    value       numeric NOT NULL,
    unit        text NOT NULL,
    measured_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    status      text NOT NULL,
    why         text,
    set_id      uuid CONSTRAINT device_readings_set REFERENCES vitals.vital_sets (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT device_readings_pk PRIMARY KEY (device_id, reading_id),
    CONSTRAINT device_readings_kept CHECK ((status = 'accepted' AND why IS NULL AND set_id IS NOT NULL) OR (status = 'suspect' AND why IS NOT NULL AND set_id IS NULL))
);
CREATE INDEX device_readings_by_patient ON vitals.device_readings (patient_id, status, received_at);
