-- A doctor whose account is disabled is neither listed nor bookable, whatever else the row says.
DROP VIEW doctors.doctor_rows;
DROP INDEX doctors.doctors_by_rating, doctors.doctors_by_fee, doctors.doctors_by_experience, doctors.doctors_by_next;
ALTER TABLE doctors.doctors DROP COLUMN is_listed;
ALTER TABLE doctors.doctors ADD COLUMN is_enabled boolean NOT NULL DEFAULT true;
ALTER TABLE doctors.doctors ADD COLUMN is_listed boolean NOT NULL
    GENERATED ALWAYS AS (verification = 'verified' AND accepts_patients AND is_enabled) STORED;
UPDATE doctors.doctors d SET is_enabled = false FROM accounts.accounts a 
    WHERE a.id = d.account_id AND (a.status = 'disabled' OR NOT 'doctor' = ANY (a.roles));

CREATE INDEX doctors_by_rating ON doctors.doctors (rating DESC, id) WHERE is_listed;
CREATE INDEX doctors_by_fee ON doctors.doctors (fee_amount, id) WHERE is_listed;
CREATE INDEX doctors_by_experience ON doctors.doctors (experience_years, id) WHERE is_listed;
CREATE INDEX doctors_by_next ON doctors.doctors (next_free_at, id) WHERE is_listed;
CREATE VIEW doctors.doctor_rows AS
    SELECT id, account_id, name, specializations, time_zone, is_listed AS is_bookable, fee_amount, fee_currency FROM doctors.doctors;

DROP TRIGGER list_doctor ON doctors.doctors;
CREATE TRIGGER list_doctor AFTER INSERT OR UPDATE OF specialization_ids, rating, verification, accepts_patients, is_enabled, clinic_ids
    ON doctors.doctors FOR EACH ROW EXECUTE FUNCTION doctors.list_doctor();
UPDATE doctors.doctor_specializations s SET is_listed = false FROM doctors.doctors d WHERE d.id = s.doctor_id AND NOT d.is_listed AND s.is_listed;
