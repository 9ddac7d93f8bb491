CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE SEQUENCE patients.patient_numbers;

-- lpad would cut a seventh digit off.
CREATE FUNCTION patients.next_number() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT 'PAT-' || lpad(n::text, greatest(6, length(n::text)), '0') FROM nextval('patients.patient_numbers') AS n
$$;

CREATE TABLE patients.patients (
    id                uuid PRIMARY KEY,
    account_id        uuid CONSTRAINT patients_account REFERENCES accounts.accounts DEFERRABLE INITIALLY DEFERRED,
    number            text NOT NULL DEFAULT patients.next_number(),
    first_name        text NOT NULL,
    last_name         text NOT NULL,
    name              text NOT NULL GENERATED ALWAYS AS (first_name || ' ' || last_name) STORED,
    gender            text NOT NULL,
    date_of_birth     date,
    phone             text,
    email             text,
    address           text,
    city              text,
    country           text,
    blood_group       text,
    language          text,
    medical_history   text,
    primary_doctor_id uuid,
    is_active         boolean NOT NULL,
    created_by        uuid,
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    version           integer NOT NULL,
    search_text       text NOT NULL GENERATED ALWAYS AS (
        first_name || ' ' || last_name || ' ' || number || ' ' || coalesce(phone, '') || ' ' || coalesce(email, '')) STORED
);
CREATE UNIQUE INDEX patients_one_per_account ON patients.patients (account_id);
CREATE UNIQUE INDEX patients_number ON patients.patients (number);
CREATE INDEX patients_phone ON patients.patients (phone);
CREATE INDEX patients_name ON patients.patients (name, id);
CREATE INDEX patients_created ON patients.patients (created_at, id);
CREATE INDEX patients_primary_doctor ON patients.patients (primary_doctor_id) WHERE primary_doctor_id IS NOT NULL;
CREATE INDEX patients_search ON patients.patients USING gin (search_text gin_trgm_ops);

CREATE TABLE patients.care_relationships (
    id         uuid PRIMARY KEY,
    patient_id uuid NOT NULL CONSTRAINT care_relationships_patient REFERENCES patients.patients DEFERRABLE INITIALLY DEFERRED,
    account_id uuid NOT NULL CONSTRAINT care_relationships_account REFERENCES accounts.accounts DEFERRABLE INITIALLY DEFERRED,
    reason     text NOT NULL,
    source_id  uuid NOT NULL,
    starts_at  timestamptz NOT NULL,
    ends_at    timestamptz
);
-- Both serve the question that every list asks, who may see what, without reading the table.
CREATE INDEX care_relationships_pair ON patients.care_relationships (patient_id, account_id) INCLUDE (reason, starts_at, ends_at);
CREATE INDEX care_relationships_carer ON patients.care_relationships (account_id, patient_id) INCLUDE (reason, starts_at, ends_at);
CREATE UNIQUE INDEX care_relationships_source ON patients.care_relationships (source_id, account_id);

CREATE TABLE patients.patient_clinics (
    patient_id uuid NOT NULL CONSTRAINT patient_clinics_patient REFERENCES patients.patients DEFERRABLE INITIALLY DEFERRED,
    clinic_id  uuid NOT NULL CONSTRAINT patient_clinics_clinic REFERENCES clinics.clinics DEFERRABLE INITIALLY DEFERRED,
    since      timestamptz NOT NULL,
    CONSTRAINT patient_clinics_pk PRIMARY KEY (clinic_id, patient_id)
);
CREATE INDEX patient_clinics_patient ON patients.patient_clinics (patient_id);

CREATE VIEW patients.patient_rows AS
    SELECT id, account_id, number, name, phone, date_of_birth, is_active FROM patients.patients;

CREATE VIEW patients.care_relationship_rows AS
    SELECT patient_id, account_id, reason, starts_at AS "from", ends_at AS until FROM patients.care_relationships;
