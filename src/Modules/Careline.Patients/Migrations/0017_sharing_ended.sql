-- When the patient last took back whatever was opened by choice: a restriction, or the end of the consent to sharing. Modules above close with it what they opened.
ALTER TABLE patients.patients ADD sharing_ended_at timestamptz;
CREATE OR REPLACE VIEW patients.patient_rows AS
    SELECT id, account_id, number, name, phone, date_of_birth, is_active, sharing_ended_at FROM patients.patients;
