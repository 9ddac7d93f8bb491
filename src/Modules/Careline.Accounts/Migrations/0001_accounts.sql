CREATE TABLE accounts.accounts (
    id                     uuid PRIMARY KEY,
    user_name              text NOT NULL,
    normalized_user_name   text NOT NULL,
    email                  text,
    normalized_email       text,
    email_confirmed        boolean NOT NULL,
    phone_number           text,
    phone_number_confirmed boolean NOT NULL,
    password_hash          text,
    first_name             text NOT NULL,
    last_name              text NOT NULL,
    roles                  text[] NOT NULL,
    status                 text NOT NULL,
    date_of_birth          date,
    address                text,
    bio                    text,
    profile_picture        text,
    preferences            jsonb NOT NULL,
    patient_id             uuid,
    doctor_id              uuid,
    generation             integer NOT NULL,
    created_at             timestamptz NOT NULL,
    updated_at             timestamptz NOT NULL,
    last_login_at          timestamptz,
    version                integer NOT NULL,
    CONSTRAINT accounts_status_known CHECK (status IN ('active', 'disabled'))
);
CREATE UNIQUE INDEX accounts_user_name_unique ON accounts.accounts (normalized_user_name);
CREATE UNIQUE INDEX accounts_email_unique ON accounts.accounts (normalized_email) WHERE normalized_email IS NOT NULL;
CREATE UNIQUE INDEX accounts_phone_unique ON accounts.accounts (phone_number) WHERE phone_number IS NOT NULL;
CREATE INDEX accounts_created ON accounts.accounts (created_at DESC, id);
CREATE INDEX accounts_roles ON accounts.accounts USING gin (roles);

-- One sign-in on one device; its refresh tokens are one family.
CREATE TABLE accounts.sessions (
    id           uuid PRIMARY KEY,
    account_id   uuid NOT NULL REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    user_agent   text,
    created_at   timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    ended_at     timestamptz,
    end_reason   text
);
CREATE INDEX sessions_account ON accounts.sessions (account_id, ended_at);
CREATE INDEX sessions_expires ON accounts.sessions (expires_at);

CREATE TABLE accounts.refresh_tokens (
    hash       bytea PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES accounts.sessions (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    created_at timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE INDEX refresh_tokens_session ON accounts.refresh_tokens (session_id);
