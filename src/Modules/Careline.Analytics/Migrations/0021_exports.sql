-- Files made of reports and lists, in the background. A host takes one by moving due_at on under a claim of its own; one that died midway is taken again after that.
CREATE TABLE analytics.exports (
    id           uuid PRIMARY KEY,
    account_id   uuid NOT NULL CONSTRAINT exports_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    report_id    uuid CONSTRAINT exports_report REFERENCES analytics.reports (id) DEFERRABLE INITIALLY DEFERRED,
    content      text NOT NULL,
    dataset      text NOT NULL,
    question     jsonb NOT NULL,
    format       text NOT NULL,
    with_bom     boolean NOT NULL,
    is_scheduled boolean NOT NULL,
    status       text NOT NULL,
    rows_done    bigint NOT NULL,
    rows_total   bigint,
    is_truncated boolean NOT NULL,
    size         bigint,
    file_id      uuid CONSTRAINT exports_file REFERENCES files.files (id) DEFERRABLE INITIALLY DEFERRED,
    file_name    text,
    patient_ids  uuid[] NOT NULL,
    failure      text,
    claim        uuid,
    due_at       timestamptz,
    tries        integer NOT NULL,
    requested_at timestamptz NOT NULL,
    finished_at  timestamptz,
    expires_at   timestamptz,
    version      integer NOT NULL,
    CONSTRAINT exports_ready CHECK (status <> 'ready' OR (file_id IS NOT NULL AND expires_at IS NOT NULL)),
    CONSTRAINT exports_due CHECK ((status IN ('queued', 'running')) = (due_at IS NOT NULL))
);
CREATE INDEX exports_by_account ON analytics.exports (account_id, id DESC);
CREATE INDEX exports_waiting ON analytics.exports (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX exports_to_expire ON analytics.exports (expires_at) WHERE status = 'ready';
CREATE INDEX exports_of_patients ON analytics.exports USING gin (patient_ids) WHERE status = 'ready';
