-- Sensitive acts ask when the person last showed who they are, and how often somebody tried to in this session since.
ALTER TABLE accounts.sessions ADD COLUMN authenticated_at timestamptz;
UPDATE accounts.sessions SET authenticated_at = created_at;
ALTER TABLE accounts.sessions ALTER COLUMN authenticated_at SET NOT NULL;
ALTER TABLE accounts.sessions ADD COLUMN step_up_tries integer NOT NULL DEFAULT 0;
