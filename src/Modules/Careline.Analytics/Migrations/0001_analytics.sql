-- Figures by day of the platform (the scope of zeros) and of each clinic: computed from facts, and computed again from them at any time.
CREATE TABLE analytics.visit_days (
    scope_id       uuid NOT NULL,
    day            date NOT NULL,
    booked         bigint NOT NULL,
    upcoming       bigint NOT NULL,
    waiting        bigint NOT NULL,
    underway       bigint NOT NULL,
    completed      bigint NOT NULL,
    cancelled      bigint NOT NULL,
    missed         bigint NOT NULL,
    by_video       bigint NOT NULL,
    by_audio       bigint NOT NULL,
    by_chat        bigint NOT NULL,
    in_person      bigint NOT NULL,
    started        bigint NOT NULL,
    started_on_time bigint NOT NULL,
    waits          bigint NOT NULL,
    wait_seconds   bigint NOT NULL,
    lengths        bigint NOT NULL,
    length_seconds bigint NOT NULL,
    lead_seconds   bigint NOT NULL,
    CONSTRAINT visit_days_key PRIMARY KEY (scope_id, day)
);
CREATE INDEX visit_days_by_day ON analytics.visit_days (day);

CREATE TABLE analytics.money_days (
    scope_id       uuid NOT NULL,
    day            date NOT NULL,
    currency       text NOT NULL,
    kind           text NOT NULL,
    method         text NOT NULL,
    payments       bigint NOT NULL,
    captured       bigint NOT NULL,
    refunded       bigint NOT NULL,
    charged_back   bigint NOT NULL,
    gateway_fees   bigint NOT NULL,
    taxes          bigint NOT NULL,
    platform_share bigint NOT NULL,
    clinic_share   bigint NOT NULL,
    doctor_share   bigint NOT NULL,
    CONSTRAINT money_days_key PRIMARY KEY (scope_id, day, currency, kind, method)
);
CREATE INDEX money_days_by_day ON analytics.money_days (day);

CREATE TABLE analytics.people_days (
    day                 date NOT NULL CONSTRAINT people_days_key PRIMARY KEY,
    registered_patients bigint NOT NULL,
    registered_doctors  bigint NOT NULL,
    registered_staff    bigint NOT NULL,
    active_patients     bigint NOT NULL,
    active_doctors      bigint NOT NULL,
    active_staff        bigint NOT NULL,
    active_in7_days     bigint NOT NULL,
    active_in30_days    bigint NOT NULL
);

CREATE TABLE analytics.satisfaction_days (
    scope_id     uuid NOT NULL,
    day          date NOT NULL,
    asked        bigint NOT NULL,
    answered     bigint NOT NULL,
    rated        bigint NOT NULL,
    satisfied    bigint NOT NULL,
    rating_sum   bigint NOT NULL,
    promoters    bigint NOT NULL,
    passives     bigint NOT NULL,
    detractors   bigint NOT NULL,
    CONSTRAINT satisfaction_days_key PRIMARY KEY (scope_id, day)
);
CREATE INDEX satisfaction_days_by_day ON analytics.satisfaction_days (day);

-- Days whose visits changed since they were counted. Only ever added to, and emptied by the job.
CREATE TABLE analytics.stale_days (
    id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    day date NOT NULL
);

-- When the figures of a kind were last brought up to date.
CREATE TABLE analytics.freshness (
    figures     text NOT NULL CONSTRAINT freshness_key PRIMARY KEY,
    computed_at timestamptz NOT NULL,
    rebuilt_at  timestamptz NOT NULL
);

-- One question after each visit.
CREATE TABLE analytics.surveys (
    id          uuid PRIMARY KEY CONSTRAINT surveys_appointment REFERENCES scheduling.appointments (id) DEFERRABLE INITIALLY DEFERRED,
    patient_id  uuid NOT NULL CONSTRAINT surveys_patient REFERENCES patients.patients (id) DEFERRABLE INITIALLY DEFERRED,
    doctor_id   uuid NOT NULL CONSTRAINT surveys_doctor REFERENCES doctors.doctors (id) DEFERRABLE INITIALLY DEFERRED,
    clinic_id   uuid CONSTRAINT surveys_clinic REFERENCES clinics.clinics (id) DEFERRABLE INITIALLY DEFERRED,
    asked_at    timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    answered_at timestamptz,
    rating      integer CONSTRAINT surveys_rating CHECK (rating BETWEEN 1 AND 5),
    recommends  integer CONSTRAINT surveys_recommends CHECK (recommends BETWEEN 0 AND 10),
    version     integer NOT NULL,
    CONSTRAINT surveys_answer CHECK ((answered_at IS NULL) = (rating IS NULL))
);
CREATE INDEX surveys_by_patient ON analytics.surveys (patient_id, id DESC);
CREATE INDEX surveys_asked ON analytics.surveys (asked_at);
CREATE INDEX surveys_answered ON analytics.surveys (answered_at) WHERE answered_at IS NOT NULL;
CREATE INDEX surveys_by_doctor ON analytics.surveys (doctor_id, asked_at);

-- What a figure should come to. Ended, never removed.
CREATE TABLE analytics.targets (
    id       uuid PRIMARY KEY,
    scope_id uuid NOT NULL,
    figure   text NOT NULL,
    value    numeric NOT NULL,
    set_by   uuid NOT NULL,
    set_at   timestamptz NOT NULL,
    ended_at timestamptz,
    version  integer NOT NULL
);
CREATE UNIQUE INDEX targets_present ON analytics.targets (scope_id, figure) WHERE ended_at IS NULL;
CREATE INDEX targets_history ON analytics.targets (scope_id, figure, set_at DESC);
