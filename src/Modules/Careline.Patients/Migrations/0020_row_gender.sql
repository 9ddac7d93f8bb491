-- Reference ranges of laboratories differ by sex: modules above read it with the birth date.
CREATE OR REPLACE VIEW patients.patient_rows AS
    SELECT id, account_id, number, name, phone, date_of_birth, is_active, sharing_ended_at, gender FROM patients.patients;
