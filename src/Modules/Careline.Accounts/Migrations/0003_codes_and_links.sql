-- Codes sent by SMS: only a keyed hash is kept, and how often somebody tried. Rows stay: sending limits and failures in a row are counted from them.
CREATE TABLE accounts.otp_challenges (
    id         uuid PRIMARY KEY,
    phone      text NOT NULL,
    code_hash  bytea NOT NULL,
    tries      integer NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at   timestamptz,
    used_at    timestamptz
);
CREATE INDEX otp_challenges_phone ON accounts.otp_challenges (phone, created_at DESC);

-- Links and tokens sent by mail: to set a new password, to show that an address is one's own. They serve once.
CREATE TABLE accounts.mailed_tokens (
    hash       bytea PRIMARY KEY,
    account_id uuid NOT NULL CONSTRAINT mailed_tokens_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    purpose    text NOT NULL CONSTRAINT mailed_tokens_purpose CHECK (purpose IN ('password_reset', 'email_verification')),
    email      text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE INDEX mailed_tokens_account ON accounts.mailed_tokens (account_id, purpose, created_at DESC);
