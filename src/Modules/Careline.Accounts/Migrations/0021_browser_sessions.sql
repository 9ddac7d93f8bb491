-- What belongs to sign-ins of browsers: sealed by keys that only the browsers have, so it names no account.
CREATE TABLE accounts.browser_sessions (
    id uuid PRIMARY KEY,
    name bytea NOT NULL CONSTRAINT browser_sessions_name_unique UNIQUE,
    content bytea NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX browser_sessions_expiry ON accounts.browser_sessions (expires_at);
