-- The foreign key to the appointment waits for the end of the transaction, since a visit may be booked and opened in one.
CREATE TABLE consultations.consultations (
    id                         uuid PRIMARY KEY,
    appointment_id             uuid NOT NULL CONSTRAINT consultations_appointment
        REFERENCES scheduling.appointments (id) DEFERRABLE INITIALLY DEFERRED,
    patient_id                 uuid NOT NULL CONSTRAINT consultations_patient REFERENCES patients.patients (id) DEFERRABLE INITIALLY DEFERRED,
    doctor_id                  uuid NOT NULL CONSTRAINT consultations_doctor REFERENCES doctors.doctors (id) DEFERRABLE INITIALLY DEFERRED,
    status                     text NOT NULL,
    chief_complaint            text,
    history_of_present_illness text,
    medical_history            text,
    examination_findings       text,
    investigations             text,
    assessment                 text,
    diagnosis                  text,
    treatment_plan             text,
    follow_up_instructions     text,
    review_date                date,
    private_notes              text,
    started_at                 timestamptz,
    ended_at                   timestamptz,
    duration_minutes           integer,
    created_by                 uuid CONSTRAINT consultations_created_by REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    is_written_afterwards      boolean NOT NULL,
    created_at                 timestamptz NOT NULL,
    updated_at                 timestamptz NOT NULL,
    deleted_at                 timestamptz,
    version                    integer NOT NULL,
    CONSTRAINT consultations_status CHECK (status IN ('planned', 'in_progress', 'completed', 'cancelled', 'amended'))
);
CREATE UNIQUE INDEX consultations_one_per_appointment ON consultations.consultations (appointment_id) WHERE deleted_at IS NULL;
CREATE INDEX consultations_by_patient ON consultations.consultations (patient_id, created_at);
CREATE INDEX consultations_by_doctor ON consultations.consultations (doctor_id, created_at);

CREATE TABLE consultations.notes (
    id              uuid PRIMARY KEY,
    consultation_id uuid NOT NULL CONSTRAINT notes_consultation REFERENCES consultations.consultations (id) DEFERRABLE INITIALLY DEFERRED,
    note_type       text NOT NULL,
    title           text,
    content         text NOT NULL,
    author_id       uuid NOT NULL CONSTRAINT notes_author REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    created_at      timestamptz NOT NULL
);
CREATE INDEX notes_by_consultation ON consultations.notes (consultation_id, created_at);

CREATE TABLE consultations.diagnoses (
    id              uuid PRIMARY KEY,
    consultation_id uuid NOT NULL CONSTRAINT diagnoses_consultation REFERENCES consultations.consultations (id) DEFERRABLE INITIALLY DEFERRED,
    patient_id      uuid NOT NULL CONSTRAINT diagnoses_patient REFERENCES patients.patients (id) DEFERRABLE INITIALLY DEFERRED,
    text            text NOT NULL,
    code            text,
    kind            text NOT NULL,
    confidence      text,
    author_id       uuid NOT NULL CONSTRAINT diagnoses_author REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    created_at      timestamptz NOT NULL
);
CREATE INDEX diagnoses_by_consultation ON consultations.diagnoses (consultation_id, created_at);
CREATE INDEX diagnoses_by_patient ON consultations.diagnoses (patient_id, created_at);

CREATE TABLE consultations.addenda (
    id              uuid PRIMARY KEY,
    consultation_id uuid NOT NULL CONSTRAINT addenda_consultation REFERENCES consultations.consultations (id) DEFERRABLE INITIALLY DEFERRED,
    content         text NOT NULL,
    author_id       uuid NOT NULL CONSTRAINT addenda_author REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    created_at      timestamptz NOT NULL
);
CREATE INDEX addenda_by_consultation ON consultations.addenda (consultation_id, created_at);

-- Who did what: only ever added. Actors are named by account id without a foreign key: history outlives accounts.
CREATE TABLE consultations.revisions (
    id              uuid PRIMARY KEY,
    consultation_id uuid NOT NULL CONSTRAINT revisions_consultation REFERENCES consultations.consultations (id) DEFERRABLE INITIALLY DEFERRED,
    at              timestamptz NOT NULL,
    actor_id        uuid,
    action          text NOT NULL,
    fields          text[] NOT NULL,
    replaced        jsonb
);
CREATE INDEX revisions_by_consultation ON consultations.revisions (consultation_id, at);
