-- The reason of an emergency is about the patient: it is sealed with the patient's own key, which an erasure destroys. What was written before is
-- sealed by a job, since the database has no key.
ALTER TABLE patients.break_glass ADD COLUMN sealed_reason bytea;
ALTER TABLE patients.break_glass ALTER COLUMN reason DROP NOT NULL;
ALTER TABLE patients.break_glass ADD CONSTRAINT break_glass_reason CHECK ((reason IS NULL) <> (sealed_reason IS NULL));
