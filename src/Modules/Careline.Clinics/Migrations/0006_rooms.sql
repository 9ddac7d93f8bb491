-- Rooms, and when each member of the staff works.
CREATE TABLE clinics.rooms (
    id         uuid PRIMARY KEY,
    clinic_id  uuid NOT NULL CONSTRAINT rooms_clinic REFERENCES clinics.clinics DEFERRABLE INITIALLY DEFERRED,
    name       text NOT NULL,
    kind       text NOT NULL,
    capacity   integer NOT NULL,
    equipment  text[] NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    removed_at timestamptz,
    version    integer NOT NULL,
    CONSTRAINT rooms_capacity CHECK (capacity BETWEEN 1 AND 1000)
);
CREATE UNIQUE INDEX rooms_name ON clinics.rooms (clinic_id, lower(btrim(name))) WHERE removed_at IS NULL;

CREATE TABLE clinics.staff_hours (
    id         uuid PRIMARY KEY,
    staff_id   uuid NOT NULL CONSTRAINT staff_hours_staff REFERENCES clinics.staff DEFERRABLE INITIALLY DEFERRED,
    weekday    text NOT NULL,
    start_time time NOT NULL,
    end_time   time NOT NULL
);
CREATE INDEX staff_hours_by_staff ON clinics.staff_hours (staff_id);
