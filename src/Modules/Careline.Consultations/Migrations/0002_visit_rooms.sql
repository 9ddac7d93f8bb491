-- The room of a remote visit. seq counts what was said in it; whoever says something holds the row, so that numbers are given in the order of commits.
CREATE TABLE consultations.rooms (
    consultation_id uuid PRIMARY KEY CONSTRAINT rooms_consultation REFERENCES consultations.consultations (id) DEFERRABLE INITIALLY DEFERRED,
    name            text NOT NULL CONSTRAINT rooms_name UNIQUE,
    mode            text NOT NULL,
    seq             bigint NOT NULL,
    created_at      timestamptz NOT NULL,
    CONSTRAINT rooms_mode CHECK (mode IN ('video', 'audio', 'text'))
);

-- Who has come: one place for a person, whatever number of tabs. line_id is the socket that counts, the newest.
CREATE TABLE consultations.seats (
    consultation_id uuid NOT NULL CONSTRAINT seats_room REFERENCES consultations.rooms (consultation_id) DEFERRABLE INITIALLY DEFERRED,
    account_id      uuid NOT NULL CONSTRAINT seats_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    role            text NOT NULL,
    line_id         uuid,
    instance        text,
    seen_at         timestamptz NOT NULL,
    left_at         timestamptz,
    admitted_at     timestamptz,
    CONSTRAINT seats_pk PRIMARY KEY (consultation_id, account_id),
    CONSTRAINT seats_role CHECK (role IN ('doctor', 'patient', 'guest'))
);
CREATE INDEX seats_by_line ON consultations.seats (line_id) WHERE line_id IS NOT NULL;
CREATE INDEX seats_by_account ON consultations.seats (account_id);

-- A third person who is asked in: an interpreter, somebody who cares for the patient. The token is the key until somebody has taken it up.
CREATE TABLE consultations.guests (
    id              uuid PRIMARY KEY,
    consultation_id uuid NOT NULL CONSTRAINT guests_consultation REFERENCES consultations.consultations (id) DEFERRABLE INITIALLY DEFERRED,
    kind            text NOT NULL,
    name            text NOT NULL,
    token_hash      bytea NOT NULL CONSTRAINT guests_token UNIQUE,
    invited_by      uuid NOT NULL CONSTRAINT guests_invited_by REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    created_at      timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    account_id      uuid CONSTRAINT guests_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    accepted_at     timestamptz,
    revoked_at      timestamptz,
    CONSTRAINT guests_kind CHECK (kind IN ('carer', 'interpreter', 'clinician', 'other'))
);
CREATE INDEX guests_by_consultation ON consultations.guests (consultation_id, created_at);
CREATE INDEX guests_by_account ON consultations.guests (account_id) WHERE account_id IS NOT NULL;

-- What the patient says before the visit begins. Where somebody is and how to reach them are sealed.
CREATE TABLE consultations.confirmations (
    id              uuid PRIMARY KEY,
    consultation_id uuid NOT NULL CONSTRAINT confirmations_consultation REFERENCES consultations.consultations (id) DEFERRABLE INITIALLY DEFERRED,
    account_id      uuid NOT NULL CONSTRAINT confirmations_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    confirmed_at    timestamptz NOT NULL,
    place           bytea NOT NULL,
    callback_number bytea NOT NULL
);
CREATE INDEX confirmations_by_consultation ON consultations.confirmations (consultation_id, confirmed_at);

-- What happened in the room: only ever added. Actors are named by account id without a foreign key: history outlives accounts.
CREATE TABLE consultations.room_events (
    id              uuid PRIMARY KEY,
    consultation_id uuid NOT NULL CONSTRAINT room_events_room REFERENCES consultations.rooms (consultation_id) DEFERRABLE INITIALLY DEFERRED,
    at              timestamptz NOT NULL,
    actor_id        uuid,
    kind            text NOT NULL,
    subject_id      uuid,
    mode            text,
    reason          text
);
CREATE INDEX room_events_by_room ON consultations.room_events (consultation_id, at);

-- Frames on their way between hosts, sealed, for a minute. Not logged: after a crash everybody joins anew anyhow.
CREATE UNLOGGED TABLE consultations.room_frames (
    id              uuid PRIMARY KEY,
    consultation_id uuid NOT NULL,
    seq             bigint NOT NULL,
    kind            text NOT NULL,
    audience        text NOT NULL,
    to_account      uuid,
    from_line       uuid,
    body            bytea NOT NULL,
    at              timestamptz NOT NULL,
    CONSTRAINT room_frames_seq UNIQUE (consultation_id, seq)
);
CREATE INDEX room_frames_by_age ON consultations.room_frames (at);
