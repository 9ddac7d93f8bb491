-- When clinics are open, by their own wall clock; and how they look.
ALTER TABLE clinics.clinics ADD closed_days date[] NOT NULL DEFAULT '{}';

CREATE TABLE clinics.opening_hours (
    id         uuid PRIMARY KEY,
    clinic_id  uuid NOT NULL CONSTRAINT opening_hours_clinic REFERENCES clinics.clinics DEFERRABLE INITIALLY DEFERRED,
    weekday    text NOT NULL,
    start_time time NOT NULL,
    end_time   time NOT NULL
);
CREATE INDEX opening_hours_by_clinic ON clinics.opening_hours (clinic_id);

CREATE TABLE clinics.pictures (
    id         uuid PRIMARY KEY,
    clinic_id  uuid NOT NULL CONSTRAINT pictures_clinic REFERENCES clinics.clinics DEFERRABLE INITIALLY DEFERRED,
    file_id    uuid NOT NULL CONSTRAINT pictures_file REFERENCES files.files DEFERRABLE INITIALLY DEFERRED,
    caption    text,
    is_cover   boolean NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX pictures_by_clinic ON clinics.pictures (clinic_id, created_at);
CREATE UNIQUE INDEX pictures_one_cover ON clinics.pictures (clinic_id) WHERE is_cover;
