CREATE TABLE labs.collection_plans (
    id                     uuid PRIMARY KEY,
    clinic_id              uuid NOT NULL CONSTRAINT collection_plans_clinic REFERENCES clinics.clinics DEFERRABLE INITIALLY DEFERRED,
    mode                   text NOT NULL,
    slot_minutes           integer NOT NULL,
    capacity               integer NOT NULL,
    minimum_notice_minutes integer NOT NULL,
    horizon_days           integer NOT NULL,
    closed_days            date[] NOT NULL,
    updated_at             timestamptz NOT NULL,
    CONSTRAINT collection_plans_once UNIQUE (clinic_id, mode),
    CONSTRAINT collection_plans_mode CHECK (mode IN ('laboratory', 'home')),
    CONSTRAINT collection_plans_bounds CHECK (slot_minutes > 0 AND capacity > 0)
);

CREATE TABLE labs.collection_hours (
    id         uuid PRIMARY KEY,
    plan_id    uuid NOT NULL CONSTRAINT collection_hours_plan REFERENCES labs.collection_plans ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    weekday    text NOT NULL,
    start_time time NOT NULL,
    end_time   time NOT NULL
);
CREATE INDEX collection_hours_by_plan ON labs.collection_hours (plan_id);

-- Each booked time holds one of the places of its clinic. That no place is held twice at one moment, and none beyond the capacity at which it was booked, is what keeps a
-- laboratory from having more people than it can see, whatever two callers do at once and however its hours were changed between.
CREATE TABLE labs.collections (
    id            uuid PRIMARY KEY,
    order_id      uuid NOT NULL CONSTRAINT collections_order REFERENCES labs.orders DEFERRABLE INITIALLY DEFERRED,
    patient_id    uuid NOT NULL CONSTRAINT collections_patient REFERENCES patients.patients DEFERRABLE INITIALLY DEFERRED,
    clinic_id     uuid NOT NULL CONSTRAINT collections_clinic REFERENCES clinics.clinics DEFERRABLE INITIALLY DEFERRED,
    mode          text NOT NULL,
    starts_at     timestamptz NOT NULL,
    ends_at       timestamptz NOT NULL,
    place         integer NOT NULL,
    capacity      integer NOT NULL,
    address       text,
    contact_phone text,
    notes         text,
    status        text NOT NULL,
    cancel_reason text,
    booked_by     uuid NOT NULL CONSTRAINT collections_booked_by REFERENCES accounts.accounts DEFERRABLE INITIALLY DEFERRED,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    version       integer NOT NULL,
    CONSTRAINT collections_mode CHECK (mode IN ('laboratory', 'home')),
    CONSTRAINT collections_status CHECK (status IN ('booked', 'done', 'cancelled')),
    CONSTRAINT collections_span CHECK (starts_at < ends_at),
    CONSTRAINT collections_capacity CHECK (place BETWEEN 1 AND capacity),
    CONSTRAINT collections_place_once EXCLUDE USING gist (clinic_id WITH =, mode WITH =, place WITH =, tstzrange(starts_at, ends_at, '[)') WITH &&) WHERE (status = 'booked')
);
CREATE UNIQUE INDEX collections_one_of_order ON labs.collections (order_id) WHERE status = 'booked';
CREATE INDEX collections_by_clinic ON labs.collections (clinic_id, starts_at);
CREATE INDEX collections_by_patient ON labs.collections (patient_id, starts_at);
