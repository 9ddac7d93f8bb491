CREATE TABLE clinics.clinics (
    id          uuid PRIMARY KEY,
    name        text NOT NULL,
    time_zone   text NOT NULL,
    address     text,
    city        text,
    country     text,
    phone       text,
    email       text,
    latitude    double precision,
    longitude   double precision,
    status      text NOT NULL,
    is_verified boolean NOT NULL,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    version     integer NOT NULL,
    CONSTRAINT clinics_place CHECK ((latitude IS NULL) = (longitude IS NULL)
        AND latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)
);
CREATE INDEX clinics_name ON clinics.clinics (name, id);

CREATE TABLE clinics.staff (
    id         uuid PRIMARY KEY,
    clinic_id  uuid NOT NULL CONSTRAINT staff_clinic REFERENCES clinics.clinics DEFERRABLE INITIALLY DEFERRED,
    account_id uuid NOT NULL CONSTRAINT staff_account REFERENCES accounts.accounts DEFERRABLE INITIALLY DEFERRED,
    role       text NOT NULL,
    joined_at  timestamptz NOT NULL,
    left_at    timestamptz,
    version    integer NOT NULL
);
CREATE UNIQUE INDEX staff_once ON clinics.staff (clinic_id, account_id, role) WHERE left_at IS NULL;
CREATE INDEX staff_account ON clinics.staff (account_id) WHERE left_at IS NULL;

CREATE VIEW clinics.clinic_rows AS SELECT id, name, time_zone FROM clinics.clinics;
CREATE VIEW clinics.staff_rows AS SELECT clinic_id, account_id, role FROM clinics.staff WHERE left_at IS NULL;
