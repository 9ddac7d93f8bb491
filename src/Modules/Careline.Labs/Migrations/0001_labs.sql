-- The catalogue: what can be ordered, and how its results are read.
CREATE TABLE labs.tests (
    id               uuid PRIMARY KEY,
    code             text NOT NULL CONSTRAINT tests_code UNIQUE,
    name             text NOT NULL,
    loinc            text CONSTRAINT tests_loinc UNIQUE,
    other_loincs     text[] NOT NULL,
    category         text NOT NULL,
    kind             text NOT NULL,
    specimen         text NOT NULL,
    container        text,
    fasting_hours    integer,
    preparation      text,
    price_amount     bigint,
    price_currency   text,
    turnaround_hours integer,
    unit             text,
    decimals         integer,
    molar_mass       numeric,
    valence          integer,
    answers          text[] NOT NULL,
    abnormal_answers text[] NOT NULL,
    is_active        boolean NOT NULL,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    version          integer NOT NULL,
    CONSTRAINT tests_kind CHECK (kind IN ('numeric', 'coded', 'text')),
    CONSTRAINT tests_price CHECK ((price_amount IS NULL) = (price_currency IS NULL))
);
CREATE INDEX tests_by_name ON labs.tests (name, id);
CREATE INDEX tests_by_category ON labs.tests (category, name);
CREATE INDEX tests_other_loincs ON labs.tests USING gin (other_loincs);
CREATE INDEX tests_name_words ON labs.tests USING gin (name gin_trgm_ops);

CREATE TABLE labs.test_ranges (
    id            uuid PRIMARY KEY,
    test_id       uuid NOT NULL CONSTRAINT test_ranges_test REFERENCES labs.tests ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    sex           text,
    from_days     integer NOT NULL,
    until_days    integer,
    is_pregnant   boolean NOT NULL,
    low           numeric,
    high          numeric,
    critical_low  numeric,
    critical_high numeric,
    source        text,
    CONSTRAINT test_ranges_sex CHECK (sex IN ('male', 'female')),
    CONSTRAINT test_ranges_age CHECK (from_days >= 0 AND from_days < until_days),
    CONSTRAINT test_ranges_limits CHECK (critical_low <= low AND low <= high AND high <= critical_high AND critical_low <= critical_high)
);
CREATE INDEX test_ranges_by_test ON labs.test_ranges (test_id, from_days);

CREATE TABLE labs.panels (
    id             uuid PRIMARY KEY,
    code           text NOT NULL CONSTRAINT panels_code UNIQUE,
    name           text NOT NULL,
    loinc          text,
    category       text NOT NULL,
    price_amount   bigint,
    price_currency text,
    is_active      boolean NOT NULL,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    version        integer NOT NULL,
    CONSTRAINT panels_price CHECK ((price_amount IS NULL) = (price_currency IS NULL))
);
CREATE INDEX panels_by_name ON labs.panels (name, id);

CREATE TABLE labs.panel_tests (
    panel_id uuid NOT NULL CONSTRAINT panel_tests_panel REFERENCES labs.panels ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    test_id  uuid NOT NULL CONSTRAINT panel_tests_test REFERENCES labs.tests DEFERRABLE INITIALLY DEFERRED,
    position integer NOT NULL,
    CONSTRAINT panel_tests_pk PRIMARY KEY (panel_id, test_id)
);
CREATE INDEX panel_tests_by_test ON labs.panel_tests (test_id);

CREATE SEQUENCE labs.order_numbers;

-- lpad would cut a seventh digit off.
CREATE FUNCTION labs.next_number() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT 'LAB-' || lpad(n::text, greatest(6, length(n::text)), '0') FROM nextval('labs.order_numbers') AS n
$$;

-- The visit lies on a level above, so its id has no foreign key.
CREATE TABLE labs.orders (
    id                uuid PRIMARY KEY,
    number            text NOT NULL DEFAULT labs.next_number() CONSTRAINT orders_number UNIQUE,
    patient_id        uuid NOT NULL CONSTRAINT orders_patient REFERENCES patients.patients DEFERRABLE INITIALLY DEFERRED,
    doctor_id         uuid NOT NULL CONSTRAINT orders_doctor REFERENCES doctors.doctors DEFERRABLE INITIALLY DEFERRED,
    consultation_id   uuid,
    clinic_id         uuid CONSTRAINT orders_clinic REFERENCES clinics.clinics DEFERRABLE INITIALLY DEFERRED,
    priority          text NOT NULL,
    clinical_question text,
    is_pregnant       boolean,
    status            text NOT NULL,
    cancel_reason     text,
    ordered_by        uuid NOT NULL CONSTRAINT orders_ordered_by REFERENCES accounts.accounts DEFERRABLE INITIALLY DEFERRED,
    ordered_at        timestamptz NOT NULL,
    closed_at         timestamptz,
    updated_at        timestamptz NOT NULL,
    version           integer NOT NULL,
    CONSTRAINT orders_priority CHECK (priority IN ('routine', 'urgent', 'emergency')),
    CONSTRAINT orders_status CHECK (status IN ('ordered', 'collected', 'received', 'in_progress', 'partially_resulted', 'completed', 'cancelled')),
    CONSTRAINT orders_closed CHECK ((closed_at IS NULL) = (status NOT IN ('completed', 'cancelled')))
);
CREATE INDEX orders_by_patient ON labs.orders (patient_id, ordered_at);
CREATE INDEX orders_by_doctor ON labs.orders (doctor_id, ordered_at);
CREATE INDEX orders_by_consultation ON labs.orders (consultation_id) WHERE consultation_id IS NOT NULL;
CREATE INDEX orders_open_at_clinic ON labs.orders (clinic_id, closed_at) WHERE clinic_id IS NOT NULL;

CREATE TABLE labs.order_lines (
    id             uuid PRIMARY KEY,
    order_id       uuid NOT NULL CONSTRAINT order_lines_order REFERENCES labs.orders DEFERRABLE INITIALLY DEFERRED,
    position       integer NOT NULL,
    test_id        uuid NOT NULL CONSTRAINT order_lines_test REFERENCES labs.tests DEFERRABLE INITIALLY DEFERRED,
    test_code      text NOT NULL,
    test_name      text NOT NULL,
    panel_id       uuid CONSTRAINT order_lines_panel REFERENCES labs.panels DEFERRABLE INITIALLY DEFERRED,
    panel_name     text,
    price_amount   bigint,
    price_currency text,
    CONSTRAINT order_lines_position UNIQUE (order_id, position),
    CONSTRAINT order_lines_once UNIQUE (order_id, test_id)
);

CREATE TABLE labs.results (
    id              uuid PRIMARY KEY,
    order_id        uuid NOT NULL CONSTRAINT results_order REFERENCES labs.orders DEFERRABLE INITIALLY DEFERRED,
    patient_id      uuid NOT NULL CONSTRAINT results_patient REFERENCES patients.patients DEFERRABLE INITIALLY DEFERRED,
    test_id         uuid NOT NULL CONSTRAINT results_test REFERENCES labs.tests DEFERRABLE INITIALLY DEFERRED,
    sub_id          text NOT NULL,
    test_name       text NOT NULL,
    loinc           text,
    state           text NOT NULL,
    source          text NOT NULL,
    value           numeric,
    comparator      text,
    unit            text,
    answer          text,
    text_value      text,
    canonical_value numeric,
    canonical_unit  text,
    low             numeric,
    high            numeric,
    critical_low    numeric,
    critical_high   numeric,
    flag            text NOT NULL,
    is_critical     boolean NOT NULL,
    sender_flags    text,
    sender_range    text,
    note            text,
    observed_at     timestamptz NOT NULL,
    report_file_id  uuid CONSTRAINT results_report REFERENCES files.files DEFERRABLE INITIALLY DEFERRED,
    report_name     text,
    entered_at      timestamptz NOT NULL,
    final_at        timestamptz,
    reviewed_by     uuid CONSTRAINT results_reviewed_by REFERENCES accounts.accounts DEFERRABLE INITIALLY DEFERRED,
    reviewed_at     timestamptz,
    review_note     text,
    released_at     timestamptz,
    updated_at      timestamptz NOT NULL,
    versions        integer NOT NULL,
    version         integer NOT NULL,
    CONSTRAINT results_once UNIQUE (order_id, test_id, sub_id),
    CONSTRAINT results_state CHECK (state IN ('preliminary', 'final', 'corrected', 'cancelled')),
    CONSTRAINT results_flag CHECK (flag IN ('normal', 'low', 'high', 'critical_low', 'critical_high', 'abnormal', 'critical', 'not_judged')),
    CONSTRAINT results_comparable CHECK ((canonical_value IS NULL) = (canonical_unit IS NULL)),
    CONSTRAINT results_no_preliminary_released CHECK (released_at IS NULL OR state <> 'preliminary')
);
CREATE INDEX results_by_patient ON labs.results (patient_id, observed_at);
CREATE INDEX results_trend ON labs.results (patient_id, test_id, observed_at);
CREATE INDEX results_latest ON labs.results (patient_id, loinc, observed_at);
CREATE INDEX results_unreleased ON labs.results (final_at) WHERE released_at IS NULL;

-- What a result ever said, who said it, and why. Only ever added.
CREATE TABLE labs.result_versions (
    id        uuid PRIMARY KEY,
    result_id uuid NOT NULL CONSTRAINT result_versions_result REFERENCES labs.results DEFERRABLE INITIALLY DEFERRED,
    number    integer NOT NULL,
    state     text NOT NULL,
    said      jsonb NOT NULL,
    reason    text,
    said_by   uuid CONSTRAINT result_versions_said_by REFERENCES accounts.accounts DEFERRABLE INITIALLY DEFERRED,
    source    text NOT NULL,
    at        timestamptz NOT NULL,
    CONSTRAINT result_versions_number UNIQUE (result_id, number)
);
