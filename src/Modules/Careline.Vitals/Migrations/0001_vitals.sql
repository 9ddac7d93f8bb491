-- What was measured together. The visit lies on a level above, so its id has no foreign key.
CREATE TABLE vitals.vital_sets (
    id              uuid PRIMARY KEY,
    patient_id      uuid NOT NULL CONSTRAINT vital_sets_patient REFERENCES patients.patients (id) DEFERRABLE INITIALLY DEFERRED,
    consultation_id uuid,
    bmi             numeric,
    news2_score     integer,
    news2_risk      text,
    recorded_at     timestamptz NOT NULL,
    recorded_by     uuid NOT NULL CONSTRAINT vital_sets_recorded_by REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT vital_sets_news2 CHECK ((news2_score IS NULL) = (news2_risk IS NULL) AND news2_score BETWEEN 0 AND 20)
);
CREATE INDEX vital_sets_by_patient ON vitals.vital_sets (patient_id, recorded_at);
CREATE INDEX vital_sets_by_consultation ON vitals.vital_sets (consultation_id, recorded_at) WHERE consultation_id IS NOT NULL;

CREATE TABLE vitals.observations (
    id          uuid PRIMARY KEY,
    set_id      uuid NOT NULL CONSTRAINT observations_set REFERENCES vitals.vital_sets (id) DEFERRABLE INITIALLY DEFERRED,
    patient_id  uuid NOT NULL CONSTRAINT observations_patient REFERENCES patients.patients (id) DEFERRABLE INITIALLY DEFERRED,
    measure     text NOT NULL,
    code        text,
    value       numeric,
    text_value  text,
    unit        text,
    observed_at timestamptz NOT NULL,
    CONSTRAINT observations_one_value CHECK ((value IS NULL) <> (text_value IS NULL)),
    CONSTRAINT observations_once_in_set UNIQUE (set_id, measure)
);
CREATE INDEX observations_trend ON vitals.observations (patient_id, measure, observed_at);
