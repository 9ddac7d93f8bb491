-- Where a doctor practises: at which clinic, in which specialties, at what fee for each way to meet.
CREATE TABLE doctors.practices (
    id                 uuid PRIMARY KEY,
    doctor_id          uuid NOT NULL CONSTRAINT practices_doctor REFERENCES doctors.doctors DEFERRABLE INITIALLY DEFERRED,
    clinic_id          uuid NOT NULL CONSTRAINT practices_clinic REFERENCES clinics.clinics DEFERRABLE INITIALLY DEFERRED,
    specialization_ids uuid[] NOT NULL,
    accepts_patients   boolean NOT NULL,
    slot_minutes       integer,
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL,
    version            integer NOT NULL,
    CONSTRAINT practices_once UNIQUE (doctor_id, clinic_id),
    CONSTRAINT practices_slot CHECK (slot_minutes BETWEEN 5 AND 240)
);
CREATE INDEX practices_clinic ON doctors.practices (clinic_id);

CREATE TABLE doctors.practice_fees (
    practice_id uuid NOT NULL CONSTRAINT practice_fees_practice REFERENCES doctors.practices ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    modality    text NOT NULL,
    amount      bigint NOT NULL,
    currency    text NOT NULL,
    CONSTRAINT practice_fees_pk PRIMARY KEY (practice_id, modality),
    CONSTRAINT practice_fees_modality CHECK (modality IN ('video', 'audio', 'chat', 'in_person')),
    CONSTRAINT practice_fees_amount CHECK (amount >= 0)
);

-- In force while the doctor is on the clinic's staff.
CREATE VIEW doctors.practice_rows AS
    SELECT p.id, p.doctor_id, p.clinic_id, p.accepts_patients, p.slot_minutes FROM doctors.practices p JOIN doctors.doctors d ON d.id = p.doctor_id
    WHERE EXISTS (SELECT FROM clinics.staff_rows s WHERE s.clinic_id = p.clinic_id AND s.account_id = d.account_id);
CREATE VIEW doctors.practice_fee_rows AS SELECT practice_id, modality, amount, currency FROM doctors.practice_fees;
