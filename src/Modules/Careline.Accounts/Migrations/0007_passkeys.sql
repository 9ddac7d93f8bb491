-- Keys that live in a person's device (WebAuthn). The public half alone is kept; sign_count shows a copied key.
CREATE TABLE accounts.passkeys (
    id                 uuid PRIMARY KEY,
    account_id         uuid NOT NULL CONSTRAINT passkeys_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    credential_id      bytea NOT NULL CONSTRAINT passkeys_credential_unique UNIQUE,
    public_key         bytea NOT NULL,
    name               text NOT NULL,
    sign_count         bigint NOT NULL,
    is_backup_eligible boolean NOT NULL,
    is_backed_up       boolean NOT NULL,
    created_at         timestamptz NOT NULL,
    last_used_at       timestamptz
);
CREATE INDEX passkeys_account ON accounts.passkeys (account_id, created_at);

-- What a device was asked to sign. Taken away by the first answer, whatever it is worth.
CREATE TABLE accounts.passkey_challenges (
    id         uuid PRIMARY KEY,
    purpose    text NOT NULL CONSTRAINT passkey_challenges_purpose CHECK (purpose IN ('registration', 'sign_in', 'second_factor')),
    account_id uuid CONSTRAINT passkey_challenges_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    state      text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX passkey_challenges_expires ON accounts.passkey_challenges (expires_at);
