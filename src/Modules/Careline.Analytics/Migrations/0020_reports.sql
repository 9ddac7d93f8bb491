-- What somebody wants counted, to be run again and again. It names no patient: nothing in the vocabulary could.
CREATE TABLE analytics.reports (
    id          uuid PRIMARY KEY,
    account_id  uuid NOT NULL CONSTRAINT reports_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    name        text NOT NULL,
    description text,
    question    jsonb NOT NULL,
    clinic_id   uuid CONSTRAINT reports_clinic REFERENCES clinics.clinics (id) DEFERRABLE INITIALLY DEFERRED,
    reader_ids  uuid[] NOT NULL,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    removed_at  timestamptz,
    version     integer NOT NULL
);
CREATE INDEX reports_by_account ON analytics.reports (account_id, id DESC) WHERE removed_at IS NULL;
CREATE INDEX reports_by_clinic ON analytics.reports (clinic_id) WHERE removed_at IS NULL AND clinic_id IS NOT NULL;
CREATE INDEX reports_by_reader ON analytics.reports USING gin (reader_ids) WHERE removed_at IS NULL;

-- Who gets a report's file again and again, by a wall clock. Each reader has a schedule of their own, since each reads with rights of their own.
CREATE TABLE analytics.report_schedules (
    id           uuid PRIMARY KEY,
    report_id    uuid NOT NULL CONSTRAINT report_schedules_report REFERENCES analytics.reports (id) DEFERRABLE INITIALLY DEFERRED,
    account_id   uuid NOT NULL CONSTRAINT report_schedules_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    frequency    text NOT NULL,
    weekday      integer CONSTRAINT report_schedules_weekday CHECK (weekday BETWEEN 1 AND 7),
    day_of_month integer CONSTRAINT report_schedules_day CHECK (day_of_month BETWEEN 1 AND 31),
    time         time NOT NULL,
    time_zone    text NOT NULL,
    format       text NOT NULL,
    next_at      timestamptz NOT NULL,
    last_at      timestamptz,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    version      integer NOT NULL,
    CONSTRAINT report_schedules_one UNIQUE (report_id, account_id)
);
CREATE INDEX report_schedules_due ON analytics.report_schedules (next_at);
