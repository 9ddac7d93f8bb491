-- A patient is at a clinic for a visit: for so long its nurses see the record.
CREATE TABLE patients.attendances (
    source_id  uuid PRIMARY KEY,
    patient_id uuid NOT NULL CONSTRAINT attendances_patient REFERENCES patients.patients DEFERRABLE INITIALLY DEFERRED,
    clinic_id  uuid NOT NULL CONSTRAINT attendances_clinic REFERENCES clinics.clinics DEFERRABLE INITIALLY DEFERRED,
    starts_at  timestamptz NOT NULL,
    ends_at    timestamptz NOT NULL
);
-- Asked with every list of a nurse: who is there now? What is over lies before it in the index.
CREATE INDEX attendances_clinic_end ON patients.attendances (clinic_id, ends_at) INCLUDE (patient_id, starts_at);
CREATE INDEX attendances_patient ON patients.attendances (patient_id);
