-- What cannot wait. Its source may lie on a level above, so that it has no foreign key; neither a value nor a diagnosis stands here.
CREATE TABLE vitals.alerts (
    id              uuid PRIMARY KEY,
    patient_id      uuid NOT NULL CONSTRAINT alerts_patient REFERENCES patients.patients (id) DEFERRABLE INITIALLY DEFERRED,
    source          text NOT NULL CONSTRAINT alerts_source CHECK (source IN ('vital_signs', 'vital_target', 'lab_result')),
    source_id       uuid NOT NULL,
    title           text NOT NULL,
    severity        text NOT NULL CONSTRAINT alerts_severity CHECK (severity IN ('urgent', 'critical')),
    status          text NOT NULL CONSTRAINT alerts_status CHECK (status IN ('open', 'acknowledged', 'resolved')),
    responsible_id  uuid CONSTRAINT alerts_responsible REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    clinic_id       uuid CONSTRAINT alerts_clinic REFERENCES clinics.clinics (id) DEFERRABLE INITIALLY DEFERRED,
    round           integer NOT NULL,
    step            text CONSTRAINT alerts_step CHECK (step IN ('responsible', 'responsible_again', 'practice', 'platform')),
    next_step       text CONSTRAINT alerts_next_step CHECK (next_step IN ('responsible', 'responsible_again', 'practice', 'platform')),
    next_step_at    timestamptz,
    raised_at       timestamptz NOT NULL,
    acknowledged_by uuid CONSTRAINT alerts_acknowledged_by REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    acknowledged_at timestamptz,
    resolved_at     timestamptz,
    version         integer NOT NULL,
    CONSTRAINT alerts_next CHECK ((next_step IS NULL) = (next_step_at IS NULL) AND (next_step IS NULL OR status = 'open')),
    CONSTRAINT alerts_acknowledged CHECK ((acknowledged_by IS NULL) = (acknowledged_at IS NULL) AND (status <> 'acknowledged' OR acknowledged_by IS NOT NULL)),
    CONSTRAINT alerts_resolved CHECK ((status = 'resolved') = (resolved_at IS NOT NULL))
);
-- One of a kind at a time: raising it again is harmless.
CREATE UNIQUE INDEX alerts_one_of_a_kind ON vitals.alerts (source, source_id, title) WHERE status <> 'resolved';
CREATE INDEX alerts_due ON vitals.alerts (next_step_at) WHERE next_step_at IS NOT NULL;
CREATE INDEX alerts_by_patient ON vitals.alerts (patient_id, raised_at);
CREATE INDEX alerts_by_responsible ON vitals.alerts (responsible_id, status, raised_at);

CREATE TABLE vitals.alert_acts (
    id       uuid PRIMARY KEY,
    alert_id uuid NOT NULL CONSTRAINT alert_acts_alert REFERENCES vitals.alerts (id) DEFERRABLE INITIALLY DEFERRED,
    action   text NOT NULL CONSTRAINT alert_acts_action CHECK (action IN ('worsened', 'acknowledged', 'handed_over', 'resolved')),
    actor_id uuid CONSTRAINT alert_acts_actor REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    to_id    uuid CONSTRAINT alert_acts_to REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    note     text,
    at       timestamptz NOT NULL
);
CREATE INDEX alert_acts_by_alert ON vitals.alert_acts (alert_id, at);

-- Who was called, once a step and channel; the id is the delivery's.
CREATE TABLE vitals.alert_calls (
    id         uuid PRIMARY KEY,
    alert_id   uuid NOT NULL CONSTRAINT alert_calls_alert REFERENCES vitals.alerts (id) DEFERRABLE INITIALLY DEFERRED,
    round      integer NOT NULL,
    step       text NOT NULL CONSTRAINT alert_calls_step CHECK (step IN ('responsible', 'responsible_again', 'practice', 'platform')),
    account_id uuid NOT NULL CONSTRAINT alert_calls_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    channel    text NOT NULL,
    at         timestamptz NOT NULL,
    CONSTRAINT alert_calls_once UNIQUE (alert_id, round, step, account_id, channel)
);
CREATE INDEX alert_calls_by_account ON vitals.alert_calls (account_id, alert_id);
