-- Rows of patients.patients stay: see docs/decisions/0014.
CREATE TRIGGER patients_stay BEFORE DELETE OR TRUNCATE OR UPDATE OF id ON patients.patients FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_removal();

-- Both ids are read in the transaction that adds the row. What it follows from and whom it lets in are its key; a patient's own are few.
ALTER TABLE patients.care_relationships DROP CONSTRAINT care_relationships_patient, DROP CONSTRAINT care_relationships_account;
ALTER TABLE patients.care_relationships DROP CONSTRAINT care_relationships_pkey, DROP COLUMN id;
ALTER TABLE patients.care_relationships ADD CONSTRAINT care_relationships_pkey PRIMARY KEY USING INDEX care_relationships_source;
DROP INDEX patients.care_relationships_pair;
CREATE INDEX care_relationships_patient ON patients.care_relationships (patient_id);
