-- Roles that nobody can choose come by invitation. The token was mailed; only its hash is kept, and it serves once.
CREATE TABLE accounts.invitations (
    id          uuid PRIMARY KEY,
    hash        bytea NOT NULL CONSTRAINT invitations_hash UNIQUE,
    email       text NOT NULL,
    role        text NOT NULL,
    clinic_id   uuid,
    invited_by  uuid NOT NULL,
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    accepted_at timestamptz
);
