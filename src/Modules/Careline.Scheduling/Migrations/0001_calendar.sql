-- Equality of a uuid beside overlap of a range in one index.
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- Times that a doctor offers one by one. A slot holds no state of its own: whether it is free follows from the appointments.
CREATE TABLE scheduling.time_slots (
    id         uuid PRIMARY KEY,
    doctor_id  uuid NOT NULL CONSTRAINT time_slots_doctor REFERENCES doctors.doctors (id) DEFERRABLE INITIALLY DEFERRED,
    clinic_id  uuid CONSTRAINT time_slots_clinic REFERENCES clinics.clinics (id) DEFERRABLE INITIALLY DEFERRED,
    starts_at  timestamptz NOT NULL,
    ends_at    timestamptz NOT NULL,
    during     tstzrange NOT NULL GENERATED ALWAYS AS (tstzrange(starts_at, ends_at, '[)')) STORED,
    created_at timestamptz NOT NULL,
    deleted_at timestamptz,
    version    integer NOT NULL,
    CONSTRAINT time_slots_length CHECK (ends_at > starts_at AND ends_at - starts_at <= interval '24 hours'),
    CONSTRAINT time_slots_no_overlap EXCLUDE USING gist (doctor_id WITH =, during WITH &&) WHERE (deleted_at IS NULL)
);
CREATE INDEX time_slots_by_doctor ON scheduling.time_slots (doctor_id, starts_at) WHERE deleted_at IS NULL;
CREATE INDEX time_slots_by_start ON scheduling.time_slots (starts_at) WHERE deleted_at IS NULL;

CREATE SEQUENCE scheduling.appointment_numbers;

-- Everything that can occupy a doctor's or a patient's time is a row here, also what is only held or asked for, so that the two
-- exclusion constraints are the whole proof that nobody is booked twice.
CREATE TABLE scheduling.appointments (
    id             uuid PRIMARY KEY,
    -- Six digits and more where the sequence needs them.
    number         text NOT NULL DEFAULT 'APT-' || to_char(nextval('scheduling.appointment_numbers'), 'FM999999999000000'),
    doctor_id      uuid NOT NULL CONSTRAINT appointments_doctor REFERENCES doctors.doctors (id) DEFERRABLE INITIALLY DEFERRED,
    patient_id     uuid NOT NULL CONSTRAINT appointments_patient REFERENCES patients.patients (id) DEFERRABLE INITIALLY DEFERRED,
    clinic_id      uuid CONSTRAINT appointments_clinic REFERENCES clinics.clinics (id) DEFERRABLE INITIALLY DEFERRED,
    time_slot_id   uuid CONSTRAINT appointments_time_slot REFERENCES scheduling.time_slots (id) DEFERRABLE INITIALLY DEFERRED,
    starts_at      timestamptz NOT NULL,
    ends_at        timestamptz NOT NULL,
    during         tstzrange NOT NULL GENERATED ALWAYS AS (tstzrange(starts_at, ends_at, '[)')) STORED,
    time_zone      text NOT NULL,
    local_date     date NOT NULL,
    status         text NOT NULL,
    visit_type     text NOT NULL,
    modality       text NOT NULL,
    urgency        text NOT NULL,
    reason         text,
    symptoms       text,
    notes          text,
    contact_phone  text,
    fee_amount     bigint,
    fee_currency   text,
    checked_in_at  timestamptz,
    started_at     timestamptz,
    ended_at       timestamptz,
    cancel_reason  text,
    cancelled_by   uuid,
    cancelled_at   timestamptz,
    hidden_at      timestamptz,
    created_by     uuid NOT NULL,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    version        integer NOT NULL,
    CONSTRAINT appointments_number UNIQUE (number),
    CONSTRAINT appointments_length CHECK (ends_at > starts_at AND ends_at - starts_at <= interval '24 hours'),
    CONSTRAINT appointments_status CHECK (status IN ('requested', 'held', 'scheduled', 'confirmed', 'checked_in', 'in_progress',
        'completed', 'cancelled', 'rejected', 'no_show', 'expired')),
    CONSTRAINT appointments_fee CHECK ((fee_amount IS NULL) = (fee_currency IS NULL)),
    CONSTRAINT appointments_no_doctor_overlap EXCLUDE USING gist (doctor_id WITH =, during WITH &&)
        WHERE (status IN ('requested', 'held', 'scheduled', 'confirmed', 'checked_in', 'in_progress')),
    CONSTRAINT appointments_no_patient_overlap EXCLUDE USING gist (patient_id WITH =, during WITH &&)
        WHERE (status IN ('requested', 'held', 'scheduled', 'confirmed', 'checked_in', 'in_progress'))
);
-- With hidden_at, so that a patient's total is counted in the index alone.
CREATE INDEX appointments_by_patient ON scheduling.appointments (patient_id, created_at DESC, id DESC) INCLUDE (hidden_at);
CREATE INDEX appointments_by_doctor ON scheduling.appointments (doctor_id, starts_at);
CREATE INDEX appointments_by_clinic ON scheduling.appointments (clinic_id, starts_at) WHERE clinic_id IS NOT NULL;

-- What happened to an appointment: only ever added. Actors are named by account id without a foreign key: history outlives accounts.
CREATE TABLE scheduling.appointment_events (
    id             uuid PRIMARY KEY,
    appointment_id uuid NOT NULL CONSTRAINT appointment_events_appointment REFERENCES scheduling.appointments (id) DEFERRABLE INITIALLY DEFERRED,
    kind           text NOT NULL,
    from_status    text,
    to_status      text NOT NULL,
    from_start     timestamptz,
    to_start       timestamptz NOT NULL,
    actor_id       uuid,
    note           text,
    at             timestamptz NOT NULL
);
CREATE INDEX appointment_events_by_appointment ON scheduling.appointment_events (appointment_id, at, id);

-- Doctors whose next free times must be told to the doctor list again. Only ever added to and emptied by the job: a row per doctor that is
-- kept and updated would make bookings wait for each other, or lose a change made while the job reads.
CREATE TABLE scheduling.stale_listings (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    doctor_id uuid NOT NULL
);

-- One row: up to when the passing of free times was told to the doctor list.
CREATE TABLE scheduling.listing_progress (
    only_row     boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    passed_until timestamptz
);
INSERT INTO scheduling.listing_progress DEFAULT VALUES;

CREATE VIEW scheduling.appointment_rows AS
    SELECT id, number, doctor_id, patient_id, clinic_id, status, starts_at, ends_at FROM scheduling.appointments;
