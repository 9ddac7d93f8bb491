-- Who acts for a patient, and how far. A row is an invitation until an account has accepted it; ended, never removed.
CREATE TABLE patients.proxies (
    id                    uuid PRIMARY KEY,
    patient_id            uuid NOT NULL CONSTRAINT proxies_patient REFERENCES patients.patients DEFERRABLE INITIALLY DEFERRED,
    account_id            uuid CONSTRAINT proxies_account REFERENCES accounts.accounts DEFERRABLE INITIALLY DEFERRED,
    relation              text NOT NULL,
    can_read              boolean NOT NULL,
    can_book              boolean NOT NULL,
    valid_until           timestamptz,
    invited_by            uuid NOT NULL,
    email                 text,
    hash                  bytea,
    invitation_expires_at timestamptz,
    starts_at             timestamptz,
    ended_at              timestamptz,
    created_at            timestamptz NOT NULL,
    updated_at            timestamptz NOT NULL,
    version               integer NOT NULL,
    CONSTRAINT proxies_some_right CHECK (can_read OR can_book),
    CONSTRAINT proxies_accepted CHECK ((account_id IS NULL) = (starts_at IS NULL))
);
CREATE INDEX proxies_patient_time ON patients.proxies (patient_id, created_at) WHERE ended_at IS NULL;
-- Asked with every list of a patient's appointments: is the caller anybody's proxy?
CREATE INDEX proxies_by_account ON patients.proxies (account_id, patient_id) INCLUDE (can_read, can_book, starts_at, valid_until)
    WHERE account_id IS NOT NULL AND ended_at IS NULL;
CREATE UNIQUE INDEX proxies_hash ON patients.proxies (hash) WHERE hash IS NOT NULL;

CREATE VIEW patients.proxy_rows AS
    SELECT patient_id, account_id, can_read, can_book, starts_at AS "from", valid_until AS until
    FROM patients.proxies WHERE account_id IS NOT NULL AND ended_at IS NULL;
