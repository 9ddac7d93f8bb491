-- When a doctor can be booked, by the wall clock of a zone; the times themselves are computed and stored nowhere.
CREATE TABLE scheduling.schedules (
    doctor_id                   uuid PRIMARY KEY CONSTRAINT schedules_doctor REFERENCES doctors.doctors (id) DEFERRABLE INITIALLY DEFERRED,
    time_zone                   text NOT NULL,
    slot_minutes                integer NOT NULL,
    buffer_before_minutes       integer NOT NULL,
    buffer_after_minutes        integer NOT NULL,
    minimum_notice_minutes      integer NOT NULL,
    horizon_days                integer NOT NULL,
    daily_limit                 integer,
    booking_policy              text NOT NULL,
    reschedule_policy           text NOT NULL,
    cancellation_notice_minutes integer NOT NULL,
    late_cancellation           text NOT NULL,
    late_fee_percent            integer NOT NULL,
    -- When the doctor's free days in the doctor list are not true any more although nothing was changed: a free time passes, a day begins.
    relist_at                   timestamptz,
    created_at                  timestamptz NOT NULL,
    updated_at                  timestamptz NOT NULL,
    version                     integer NOT NULL
);
CREATE INDEX schedules_relist ON scheduling.schedules (relist_at);

-- Hours of a weekday. An end that is not after the start means the next day.
CREATE TABLE scheduling.weekly_rules (
    id         uuid PRIMARY KEY,
    doctor_id  uuid NOT NULL CONSTRAINT weekly_rules_schedule REFERENCES scheduling.schedules (doctor_id) DEFERRABLE INITIALLY DEFERRED,
    weekday    text NOT NULL,
    start_time time NOT NULL,
    end_time   time NOT NULL,
    clinic_id  uuid CONSTRAINT weekly_rules_clinic REFERENCES clinics.clinics (id) DEFERRABLE INITIALLY DEFERRED,
    modality   text
);
CREATE INDEX weekly_rules_by_doctor ON scheduling.weekly_rules (doctor_id);

CREATE TABLE scheduling.schedule_exceptions (
    id         uuid PRIMARY KEY,
    doctor_id  uuid NOT NULL CONSTRAINT schedule_exceptions_schedule REFERENCES scheduling.schedules (doctor_id) DEFERRABLE INITIALLY DEFERRED,
    kind       text NOT NULL,
    first_day  date NOT NULL,
    last_day   date NOT NULL,
    start_time time,
    end_time   time,
    reason     text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    removed_at timestamptz,
    version    integer NOT NULL,
    CONSTRAINT schedule_exceptions_days CHECK (first_day <= last_day),
    CONSTRAINT schedule_exceptions_hours CHECK ((start_time IS NULL) = (end_time IS NULL) AND (kind <> 'extra_day' OR start_time IS NOT NULL))
);
CREATE INDEX schedule_exceptions_by_doctor ON scheduling.schedule_exceptions (doctor_id, last_day) WHERE removed_at IS NULL;
