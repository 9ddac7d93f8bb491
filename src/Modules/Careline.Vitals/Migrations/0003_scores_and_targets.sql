ALTER TABLE vitals.vital_sets
    ADD COLUMN news2_scale integer CONSTRAINT vital_sets_news2_scale CHECK (news2_scale IN (1, 2)),
    ADD COLUMN news2_why   text,
    ADD COLUMN pews_score  integer CONSTRAINT vital_sets_pews CHECK (pews_score BETWEEN 0 AND 26),
    ADD COLUMN pews_why    text,
    ADD COLUMN device_id   uuid;
UPDATE vitals.vital_sets SET news2_scale = 1 WHERE news2_score IS NOT NULL;
ALTER TABLE vitals.observations ADD COLUMN flag text CONSTRAINT observations_flag CHECK (flag IN ('below_target', 'above_target'));

-- What a clinician wants for one patient. Never changed, so that a flag can be explained: another one takes its place.
CREATE TABLE vitals.targets (
    id           uuid PRIMARY KEY,
    patient_id   uuid NOT NULL CONSTRAINT targets_patient REFERENCES patients.patients (id) DEFERRABLE INITIALLY DEFERRED,
    measure      text NOT NULL,
    low          numeric,
    high         numeric,
    raises_alert boolean NOT NULL,
    set_by       uuid NOT NULL CONSTRAINT targets_set_by REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    set_at       timestamptz NOT NULL,
    ended_by     uuid CONSTRAINT targets_ended_by REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    ended_at     timestamptz,
    CONSTRAINT targets_bounds CHECK ((low IS NOT NULL OR high IS NOT NULL) AND (low < high) IS NOT FALSE),
    CONSTRAINT targets_ended CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);
CREATE UNIQUE INDEX targets_one_of_a_measure ON vitals.targets (patient_id, measure) WHERE ended_at IS NULL;
CREATE INDEX targets_by_patient ON vitals.targets (patient_id, set_at);
