CREATE TABLE labs.imported_messages (
    id              uuid PRIMARY KEY,
    sender          text NOT NULL,
    control_id      text NOT NULL,
    content_hash    bytea NOT NULL,
    channel         text NOT NULL,
    clinic_id       uuid CONSTRAINT imported_messages_clinic REFERENCES clinics.clinics DEFERRABLE INITIALLY DEFERRED,
    received_from   uuid CONSTRAINT imported_messages_received_from REFERENCES accounts.accounts DEFERRABLE INITIALLY DEFERRED,
    received_at     timestamptz NOT NULL,
    imported        integer NOT NULL,
    unchanged       integer NOT NULL,
    quarantined     integer NOT NULL,
    acknowledgement text NOT NULL,
    CONSTRAINT imported_messages_once UNIQUE (sender, control_id),
    CONSTRAINT imported_messages_channel CHECK (channel IN ('upload', 'command_line', 'mllp'))
);
CREATE INDEX imported_messages_by_time ON labs.imported_messages (received_at);
CREATE INDEX imported_messages_by_clinic ON labs.imported_messages (clinic_id, received_at);

CREATE TABLE labs.quarantined_results (
    id             uuid PRIMARY KEY,
    message_id     uuid NOT NULL CONSTRAINT quarantined_results_message REFERENCES labs.imported_messages DEFERRABLE INITIALLY DEFERRED,
    position       integer NOT NULL,
    reason         text NOT NULL,
    clinic_id      uuid CONSTRAINT quarantined_results_clinic REFERENCES clinics.clinics DEFERRABLE INITIALLY DEFERRED,
    patient_id     uuid CONSTRAINT quarantined_results_patient REFERENCES patients.patients DEFERRABLE INITIALLY DEFERRED,
    content        bytea,
    status         text NOT NULL,
    result_id      uuid CONSTRAINT quarantined_results_result REFERENCES labs.results DEFERRABLE INITIALLY DEFERRED,
    resolved_by    uuid CONSTRAINT quarantined_results_resolved_by REFERENCES accounts.accounts DEFERRABLE INITIALLY DEFERRED,
    resolved_at    timestamptz,
    dismiss_reason text,
    created_at     timestamptz NOT NULL,
    version        integer NOT NULL,
    CONSTRAINT quarantined_results_place UNIQUE (message_id, position),
    CONSTRAINT quarantined_results_status CHECK (status IN ('open', 'imported', 'dismissed')),
    CONSTRAINT quarantined_results_settled CHECK ((status = 'open') = (resolved_at IS NULL) AND (status = 'imported') >= (result_id IS NOT NULL))
);
CREATE INDEX quarantined_results_open ON labs.quarantined_results (status, created_at);
CREATE INDEX quarantined_results_by_clinic ON labs.quarantined_results (clinic_id, created_at);
CREATE INDEX quarantined_results_by_patient ON labs.quarantined_results (patient_id) WHERE patient_id IS NOT NULL;
CREATE INDEX quarantined_results_by_result ON labs.quarantined_results (result_id) WHERE result_id IS NOT NULL;
