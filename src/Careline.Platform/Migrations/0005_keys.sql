-- Keys that outlive the signing key, each wrapped under a key derived from it: a new signing key wraps them anew, and what they sealed stays readable.
CREATE TABLE platform.keys (
    name       text NOT NULL,
    number     smallint NOT NULL,
    wrapped    bytea NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT keys_pk PRIMARY KEY (name, number)
);
