ALTER TABLE patients.data_requests ADD COLUMN removed_at timestamptz;
CREATE INDEX data_requests_kept ON patients.data_requests (kept_until) WHERE kept_until IS NOT NULL AND removed_at IS NULL;
