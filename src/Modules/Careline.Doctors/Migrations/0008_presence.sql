-- What a doctor is doing now, overwritten each time and worth nothing once it has expired: unlogged, since nothing is lost with it and no history is kept.
CREATE UNLOGGED TABLE doctors.presences (
    doctor_id  uuid PRIMARY KEY CONSTRAINT presences_doctor REFERENCES doctors.doctors DEFERRABLE INITIALLY DEFERRED,
    state      text NOT NULL,
    note       text,
    seen_at    timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX presences_seen ON doctors.presences (seen_at);
