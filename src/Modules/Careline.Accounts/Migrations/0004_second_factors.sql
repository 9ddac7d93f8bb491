-- An authenticator app. The secret is encrypted; last_step keeps a code from serving twice.
CREATE TABLE accounts.authenticators (
    account_id   uuid PRIMARY KEY CONSTRAINT authenticators_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    secret       bytea NOT NULL,
    created_at   timestamptz NOT NULL,
    confirmed_at timestamptz,
    last_step    bigint NOT NULL,
    failures     integer NOT NULL
);

-- Ten ways in without the phone; each serves once.
CREATE TABLE accounts.recovery_codes (
    account_id uuid NOT NULL CONSTRAINT recovery_codes_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    hash       bytea NOT NULL,
    created_at timestamptz NOT NULL,
    used_at    timestamptz,
    CONSTRAINT recovery_codes_pk PRIMARY KEY (account_id, hash)
);

-- Sign-ins that await their second factor.
CREATE TABLE accounts.mfa_challenges (
    hash       bytea PRIMARY KEY,
    account_id uuid NOT NULL CONSTRAINT mfa_challenges_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    tries      integer NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE INDEX mfa_challenges_expires ON accounts.mfa_challenges (expires_at);
