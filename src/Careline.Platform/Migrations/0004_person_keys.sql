-- One key for each person about whom something is written that must become unreadable with them; sealed by the installation's own.
CREATE TABLE platform.person_keys (
    person_id  uuid PRIMARY KEY,
    key        bytea NOT NULL,
    created_at timestamptz NOT NULL
);
