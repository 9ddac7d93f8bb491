-- The ledger of reminders: what was or will be sent, to whom, by which channel, and why not. The key is the promise that each goes out once: the id of a
-- row is also the id of its delivery. Rows of scheduling.appointments stay, so that this one needs no look at them (docs/decisions/0014).
CREATE TABLE scheduling.reminders (
    id             uuid PRIMARY KEY,
    appointment_id uuid NOT NULL,
    -- Raised by every move of the visit: what was planned for an earlier start is void.
    start_version  integer NOT NULL,
    -- Null for a patient without an account.
    account_id     uuid,
    patient_id     uuid NOT NULL,
    channel        text NOT NULL,
    offset_minutes integer NOT NULL,
    starts_at      timestamptz NOT NULL,
    due_at         timestamptz NOT NULL,
    status         text NOT NULL CONSTRAINT reminders_status CHECK (status IN ('planned', 'sent', 'delivered', 'voided', 'skipped')),
    why            text,
    created_at     timestamptz NOT NULL,
    settled_at     timestamptz,
    CONSTRAINT reminders_once UNIQUE NULLS NOT DISTINCT (appointment_id, start_version, account_id, channel, offset_minutes)
);
CREATE INDEX reminders_due ON scheduling.reminders (due_at, id) WHERE status = 'planned';
CREATE INDEX reminders_sent ON scheduling.reminders (settled_at) WHERE status = 'sent';
CREATE INDEX reminders_by_account ON scheduling.reminders (account_id, due_at DESC, id DESC);
CREATE INDEX reminders_by_patient ON scheduling.reminders (patient_id, due_at DESC, id DESC);

-- When a clinic has its patients reminded, in minutes before a visit; without a row as the installation does it.
CREATE TABLE scheduling.clinic_reminders (
    clinic_id  uuid PRIMARY KEY CONSTRAINT clinic_reminders_clinic REFERENCES clinics.clinics (id) DEFERRABLE INITIALLY DEFERRED,
    offsets    integer[] NOT NULL,
    updated_at timestamptz NOT NULL,
    version    integer NOT NULL
);
