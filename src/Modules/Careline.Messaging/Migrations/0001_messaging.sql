-- A conversation. last_seq is the counter that its messages are numbered by: whoever writes holds this row, so numbers have no gap and the order of commits is theirs.
-- revision counts what changes beside new messages: who takes part, and what was edited. Room is left in each page, since every message writes the row again.
CREATE TABLE messaging.chats (
    id              uuid PRIMARY KEY,
    type            text NOT NULL CONSTRAINT chats_type CHECK (type IN ('direct', 'group', 'support')),
    appointment_id  uuid CONSTRAINT chats_appointment REFERENCES scheduling.appointments (id) DEFERRABLE INITIALLY DEFERRED,
    patient_id      uuid CONSTRAINT chats_patient REFERENCES patients.patients (id) DEFERRABLE INITIALLY DEFERRED,
    doctor_id       uuid CONSTRAINT chats_doctor REFERENCES doctors.doctors (id) DEFERRABLE INITIALLY DEFERRED,
    title           bytea,
    created_by      uuid NOT NULL CONSTRAINT chats_created_by REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    created_at      timestamptz NOT NULL,
    last_seq        bigint NOT NULL,
    last_message_at timestamptz,
    revision        bigint NOT NULL,
    closed_at       timestamptz,
    version         integer NOT NULL
) WITH (fillfactor = 60);
CREATE UNIQUE INDEX chats_one_per_appointment ON messaging.chats (appointment_id) WHERE appointment_id IS NOT NULL;
CREATE UNIQUE INDEX chats_one_per_pair ON messaging.chats (patient_id, doctor_id) WHERE type = 'direct' AND appointment_id IS NULL;
CREATE INDEX chats_by_patient ON messaging.chats (patient_id);

-- Who takes part, and how far they have come. needs_care: by nothing but treating the patient, and so for no longer than that.
CREATE TABLE messaging.participants (
    chat_id       uuid NOT NULL CONSTRAINT participants_chat REFERENCES messaging.chats (id) DEFERRABLE INITIALLY DEFERRED,
    account_id    uuid NOT NULL CONSTRAINT participants_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    role          text NOT NULL CONSTRAINT participants_role CHECK (role IN ('owner', 'member')),
    needs_care    boolean NOT NULL,
    joined_at     timestamptz NOT NULL,
    left_at       timestamptz,
    read_seq      bigint NOT NULL,
    delivered_seq bigint NOT NULL,
    told_seq      bigint NOT NULL,
    CONSTRAINT participants_pk PRIMARY KEY (chat_id, account_id)
) WITH (fillfactor = 60);
CREATE INDEX participants_of_account ON messaging.participants (account_id) WHERE left_at IS NULL;

CREATE TABLE messaging.invitations (
    id          uuid PRIMARY KEY,
    chat_id     uuid NOT NULL CONSTRAINT invitations_chat REFERENCES messaging.chats (id) DEFERRABLE INITIALLY DEFERRED,
    account_id  uuid NOT NULL CONSTRAINT invitations_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    invited_by  uuid NOT NULL CONSTRAINT invitations_invited_by REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    status      text NOT NULL CONSTRAINT invitations_status CHECK (status IN ('pending', 'accepted', 'declined', 'expired')),
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    answered_at timestamptz
);
CREATE UNIQUE INDEX invitations_one_pending ON messaging.invitations (chat_id, account_id) WHERE status = 'pending';
CREATE INDEX invitations_of_account ON messaging.invitations (account_id) WHERE status = 'pending';

-- What was said, sealed. words are keyed hashes of its words, by which the members find it again and nobody else can. Chat and sender were read by the statement that adds
-- the row and are never removed, so they are named without foreign keys: this is the busiest table of a conversation.
CREATE TABLE messaging.messages (
    chat_id       uuid NOT NULL,
    seq           bigint NOT NULL,
    id            uuid NOT NULL CONSTRAINT messages_id UNIQUE,
    sender_id     uuid NOT NULL,
    client_id     uuid NOT NULL,
    body          bytea,
    words         integer[] NOT NULL,
    reply_to      uuid,
    attachment_id uuid,
    sent_at       timestamptz NOT NULL,
    revision      bigint NOT NULL DEFAULT 0,
    edited_at     timestamptz,
    deleted_at    timestamptz,
    CONSTRAINT messages_pk PRIMARY KEY (chat_id, seq),
    CONSTRAINT messages_once UNIQUE (chat_id, sender_id, client_id)
);
CREATE INDEX messages_changed ON messaging.messages (chat_id, revision) WHERE revision > 0;

-- What a message said before it was edited or deleted. Kept for the audit, shown by no route.
CREATE TABLE messaging.message_versions (
    id          uuid PRIMARY KEY,
    chat_id     uuid NOT NULL,
    message_id  uuid NOT NULL CONSTRAINT message_versions_message REFERENCES messaging.messages (id) DEFERRABLE INITIALLY DEFERRED,
    body        bytea,
    replaced_at timestamptz NOT NULL,
    replaced_by uuid NOT NULL
);
CREATE INDEX message_versions_of_message ON messaging.message_versions (message_id, replaced_at);
