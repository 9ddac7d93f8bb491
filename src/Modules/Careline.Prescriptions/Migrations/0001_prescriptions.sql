CREATE SEQUENCE prescriptions.prescription_numbers;

-- lpad would cut a seventh digit off.
CREATE FUNCTION prescriptions.next_number() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT 'RX-' || lpad(n::text, greatest(6, length(n::text)), '0') FROM nextval('prescriptions.prescription_numbers') AS n
$$;

-- The visit lies on a level above, so its id has no foreign key.
CREATE TABLE prescriptions.prescriptions (
    id              uuid PRIMARY KEY,
    number          text NOT NULL DEFAULT prescriptions.next_number() CONSTRAINT prescriptions_number UNIQUE,
    patient_id      uuid NOT NULL CONSTRAINT prescriptions_patient REFERENCES patients.patients (id) DEFERRABLE INITIALLY DEFERRED,
    doctor_id       uuid NOT NULL CONSTRAINT prescriptions_doctor REFERENCES doctors.doctors (id) DEFERRABLE INITIALLY DEFERRED,
    consultation_id uuid,
    status          text NOT NULL,
    issued_at       timestamptz,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    version         integer NOT NULL,
    CONSTRAINT prescriptions_status CHECK (status IN ('draft', 'active', 'completed', 'cancelled', 'superseded'))
);
CREATE INDEX prescriptions_by_patient ON prescriptions.prescriptions (patient_id, created_at);
CREATE INDEX prescriptions_by_doctor ON prescriptions.prescriptions (doctor_id, created_at);
CREATE INDEX prescriptions_by_consultation ON prescriptions.prescriptions (consultation_id) WHERE consultation_id IS NOT NULL;
CREATE UNIQUE INDEX prescriptions_one_draft ON prescriptions.prescriptions (consultation_id) WHERE status = 'draft';

CREATE TABLE prescriptions.prescription_lines (
    id              uuid PRIMARY KEY,
    prescription_id uuid NOT NULL CONSTRAINT prescription_lines_prescription REFERENCES prescriptions.prescriptions (id) DEFERRABLE INITIALLY DEFERRED,
    position        integer NOT NULL,
    medication_name text NOT NULL,
    generic_name    text,
    atc_code        text,
    form            text,
    strength        text,
    dosage          text NOT NULL,
    route           text,
    frequency       text NOT NULL,
    duration_days   integer,
    quantity        integer,
    refills         integer,
    instructions    text,
    status          text NOT NULL,
    safety_check    text NOT NULL,
    created_at      timestamptz NOT NULL,
    CONSTRAINT prescription_lines_position UNIQUE (prescription_id, position),
    CONSTRAINT prescription_lines_status CHECK (status IN ('active', 'stopped', 'completed'))
);
