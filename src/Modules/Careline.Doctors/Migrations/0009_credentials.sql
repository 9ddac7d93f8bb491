-- A credential is a paper that an administrator looks at, that may run out, and whose copy lies in the files.
ALTER TABLE doctors.qualifications
    ADD COLUMN type text, ADD COLUMN verification text, ADD COLUMN verified_at timestamptz, ADD COLUMN verified_by uuid,
    ADD COLUMN verification_note text, ADD COLUMN file_id uuid, ADD COLUMN file_name text;
UPDATE doctors.qualifications SET type = 'other', verification = 'pending' WHERE kind = 'credential';
ALTER TABLE doctors.qualifications
    ADD CONSTRAINT qualifications_credential CHECK ((kind = 'credential') = (type IS NOT NULL AND verification IS NOT NULL)),
    ADD CONSTRAINT qualifications_paper CHECK ((file_id IS NULL) = (file_name IS NULL) AND (file_id IS NULL OR kind = 'credential'));
CREATE INDEX qualifications_review ON doctors.qualifications (verification, ended_on, id) WHERE kind = 'credential' AND removed_at IS NULL;
CREATE INDEX qualifications_ending ON doctors.qualifications (ended_on, id) WHERE kind = 'credential' AND removed_at IS NULL AND ended_on IS NOT NULL;

-- What was told of an end, once for each stage; another end begins anew. Stage 0: it has run out.
CREATE TABLE doctors.credential_warnings (
    credential_id uuid NOT NULL CONSTRAINT credential_warnings_credential REFERENCES doctors.qualifications DEFERRABLE INITIALLY DEFERRED,
    ended_on      date NOT NULL,
    stage         integer NOT NULL,
    told_at       timestamptz NOT NULL,
    CONSTRAINT credential_warnings_pk PRIMARY KEY (credential_id, ended_on, stage)
);

-- How long the doctor's verified licence holds, as administrators found; and whether it has run out, kept by a job where the settings say that it matters.
ALTER TABLE doctors.doctors ADD COLUMN license_expires_on date, ADD COLUMN license_lapsed boolean NOT NULL DEFAULT false;
CREATE INDEX doctors_license_end ON doctors.doctors (license_expires_on) WHERE license_expires_on IS NOT NULL;

DROP VIEW doctors.doctor_rows;
DROP INDEX doctors.doctors_by_rating, doctors.doctors_by_fee, doctors.doctors_by_experience, doctors.doctors_by_next;
ALTER TABLE doctors.doctors DROP COLUMN is_listed;
ALTER TABLE doctors.doctors ADD COLUMN is_listed boolean NOT NULL
    GENERATED ALWAYS AS (verification = 'verified' AND accepts_patients AND is_enabled AND NOT license_lapsed) STORED;
CREATE INDEX doctors_by_rating ON doctors.doctors (rating DESC, id) WHERE is_listed;
CREATE INDEX doctors_by_fee ON doctors.doctors (fee_amount, id) WHERE is_listed;
CREATE INDEX doctors_by_experience ON doctors.doctors (experience_years, id) WHERE is_listed;
CREATE INDEX doctors_by_next ON doctors.doctors (next_free_at, id) WHERE is_listed;
CREATE VIEW doctors.doctor_rows AS
    SELECT id, account_id, name, specializations, time_zone, is_listed AS is_bookable, fee_amount, fee_currency, has_schedule FROM doctors.doctors;

DROP TRIGGER list_doctor ON doctors.doctors;
CREATE TRIGGER list_doctor AFTER INSERT OR UPDATE OF specialization_ids, rating, verification, accepts_patients, is_enabled, license_lapsed, clinic_ids
    ON doctors.doctors FOR EACH ROW EXECUTE FUNCTION doctors.list_doctor();
