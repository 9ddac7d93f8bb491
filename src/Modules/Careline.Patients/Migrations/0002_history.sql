-- The nouns of a patient's history: each row is one entry, removed logically so that what was once known stays explainable.
CREATE TABLE patients.allergies (
    id          uuid PRIMARY KEY,
    patient_id  uuid NOT NULL CONSTRAINT allergies_patient REFERENCES patients.patients DEFERRABLE INITIALLY DEFERRED,
    substance   text NOT NULL,
    code        text,
    reaction    text,
    severity    text,
    status      text NOT NULL,
    noted_on    date,
    recorded_by uuid NOT NULL,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    removed_at  timestamptz,
    version     integer NOT NULL
);
CREATE INDEX allergies_patient ON patients.allergies (patient_id) WHERE removed_at IS NULL;

CREATE TABLE patients.conditions (
    id          uuid PRIMARY KEY,
    patient_id  uuid NOT NULL CONSTRAINT conditions_patient REFERENCES patients.patients DEFERRABLE INITIALLY DEFERRED,
    text        text NOT NULL,
    code        text,
    status      text NOT NULL,
    onset_on    date,
    resolved_on date,
    recorded_by uuid NOT NULL,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    removed_at  timestamptz,
    version     integer NOT NULL
);
CREATE INDEX conditions_patient ON patients.conditions (patient_id) WHERE removed_at IS NULL;

CREATE TABLE patients.medications (
    id          uuid PRIMARY KEY,
    patient_id  uuid NOT NULL CONSTRAINT medications_patient REFERENCES patients.patients DEFERRABLE INITIALLY DEFERRED,
    name        text NOT NULL,
    dosage      text,
    frequency   text,
    status      text NOT NULL,
    started_on  date,
    ended_on    date,
    recorded_by uuid NOT NULL,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    removed_at  timestamptz,
    version     integer NOT NULL
);
CREATE INDEX medications_patient ON patients.medications (patient_id) WHERE removed_at IS NULL;

CREATE TABLE patients.immunisations (
    id          uuid PRIMARY KEY,
    patient_id  uuid NOT NULL CONSTRAINT immunisations_patient REFERENCES patients.patients DEFERRABLE INITIALLY DEFERRED,
    vaccine     text NOT NULL,
    given_on    date NOT NULL,
    lot         text,
    recorded_by uuid NOT NULL,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    removed_at  timestamptz,
    version     integer NOT NULL
);
CREATE INDEX immunisations_patient ON patients.immunisations (patient_id) WHERE removed_at IS NULL;

CREATE TABLE patients.emergency_contacts (
    id          uuid PRIMARY KEY,
    patient_id  uuid NOT NULL CONSTRAINT emergency_contacts_patient REFERENCES patients.patients DEFERRABLE INITIALLY DEFERRED,
    name        text NOT NULL,
    relation    text,
    phone       text NOT NULL,
    email       text,
    recorded_by uuid NOT NULL,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    removed_at  timestamptz,
    version     integer NOT NULL
);
CREATE INDEX emergency_contacts_patient ON patients.emergency_contacts (patient_id) WHERE removed_at IS NULL;

CREATE TABLE patients.notes (
    id          uuid PRIMARY KEY,
    patient_id  uuid NOT NULL CONSTRAINT notes_patient REFERENCES patients.patients DEFERRABLE INITIALLY DEFERRED,
    content     text NOT NULL,
    is_private  boolean NOT NULL,
    recorded_by uuid NOT NULL,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    removed_at  timestamptz,
    version     integer NOT NULL
);
CREATE INDEX notes_patient ON patients.notes (patient_id) WHERE removed_at IS NULL;
