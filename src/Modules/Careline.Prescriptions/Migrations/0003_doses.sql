-- Who wants to be reminded of medicines, and when in the day that is by the clock of a zone.
CREATE TABLE prescriptions.reminder_settings (
    patient_id    uuid PRIMARY KEY CONSTRAINT reminder_settings_patient REFERENCES patients.patients (id) DEFERRABLE INITIALLY DEFERRED,
    is_on         boolean NOT NULL,
    time_zone     text NOT NULL,
    morning       time NOT NULL,
    noon          time NOT NULL,
    evening       time NOT NULL,
    night         time NOT NULL,
    planned_until timestamptz,
    updated_at    timestamptz NOT NULL,
    version       integer NOT NULL
);
CREATE INDEX reminder_settings_to_plan ON prescriptions.reminder_settings (planned_until) WHERE is_on;

-- Each time at which something is to be taken, and what became of it.
CREATE TABLE prescriptions.doses (
    id          uuid PRIMARY KEY,
    patient_id  uuid NOT NULL CONSTRAINT doses_patient REFERENCES patients.patients (id) DEFERRABLE INITIALLY DEFERRED,
    line_id     uuid NOT NULL CONSTRAINT doses_line REFERENCES prescriptions.prescription_lines (id) DEFERRABLE INITIALLY DEFERRED,
    day         date NOT NULL,
    day_time    text NOT NULL,
    due_at      timestamptz NOT NULL,
    status      text NOT NULL,
    told_at     timestamptz,
    answered_at timestamptz,
    answered_by uuid CONSTRAINT doses_answered_by REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    reason      text,
    version     integer NOT NULL,
    CONSTRAINT doses_once UNIQUE (line_id, day, day_time),
    CONSTRAINT doses_day_time CHECK (day_time IN ('morning', 'noon', 'evening', 'night')),
    CONSTRAINT doses_status CHECK (status IN ('planned', 'told', 'taken', 'skipped', 'missed'))
);
CREATE INDEX doses_by_patient ON prescriptions.doses (patient_id, due_at);
CREATE INDEX doses_open ON prescriptions.doses (due_at) WHERE status IN ('planned', 'told');

-- When a medicine that is taken for long runs out, and whether the patient knows.
ALTER TABLE prescriptions.prescription_lines ADD runs_out_at timestamptz, ADD running_out_told_at timestamptz;
CREATE INDEX prescription_lines_running_out ON prescriptions.prescription_lines (runs_out_at) WHERE running_out_told_at IS NULL AND status = 'active';
