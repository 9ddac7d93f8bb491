-- Until when a hold or a request stands. One that is over no longer keeps its time from others, whether a job has marked it yet or not.
ALTER TABLE scheduling.appointments ADD COLUMN expires_at timestamptz;
CREATE INDEX appointments_expiring ON scheduling.appointments (expires_at) WHERE expires_at IS NOT NULL AND status IN ('held', 'requested');

-- A request for a part of a day has no time yet: it begins and ends with the part's first moment, an empty range that overlaps nothing.
ALTER TABLE scheduling.appointments DROP CONSTRAINT appointments_length, ADD CONSTRAINT appointments_length CHECK (
    (ends_at > starts_at AND ends_at - starts_at <= interval '24 hours')
    OR (ends_at = starts_at AND status IN ('requested', 'cancelled', 'rejected', 'expired')));

-- What was asked for; the request itself is the appointment of the same id.
CREATE TABLE scheduling.appointment_requests (
    id             uuid PRIMARY KEY CONSTRAINT appointment_requests_appointment REFERENCES scheduling.appointments (id) DEFERRABLE INITIALLY DEFERRED,
    preferred_date date NOT NULL,
    day_part       text,
    created_at     timestamptz NOT NULL
);

-- What a late cancellation costs, for whoever collects it.
CREATE TABLE scheduling.late_cancellations (
    id           uuid PRIMARY KEY CONSTRAINT late_cancellations_appointment REFERENCES scheduling.appointments (id) DEFERRABLE INITIALLY DEFERRED,
    fee_percent  integer NOT NULL,
    fee_amount   bigint,
    fee_currency text,
    at           timestamptz NOT NULL
);
