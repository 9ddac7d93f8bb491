-- Prepared and waiting for the doctor alone.
ALTER TABLE scheduling.appointments ADD COLUMN ready_at timestamptz;

-- Whose doctors are at work: few rows at any moment.
CREATE INDEX appointments_underway ON scheduling.appointments (starts_at) WHERE status IN ('checked_in', 'in_progress');

-- That a delay was told, once for each time that an appointment has had.
CREATE TABLE scheduling.late_notices (
    appointment_id uuid NOT NULL CONSTRAINT late_notices_appointment REFERENCES scheduling.appointments (id) DEFERRABLE INITIALLY DEFERRED,
    starts_at      timestamptz NOT NULL,
    minutes        integer NOT NULL,
    told_at        timestamptz NOT NULL,
    PRIMARY KEY (appointment_id, starts_at)
);
