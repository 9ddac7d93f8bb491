-- Who is known to be pregnant: a condition that still holds and is coded so. ICD-10 chapter XV (O00 to O99), Z33 to Z35, and Z3A of its clinical modification.
CREATE VIEW patients.pregnancy_rows AS
    SELECT DISTINCT patient_id FROM patients.conditions
    WHERE removed_at IS NULL AND status = 'active' AND code ~ '^(O[0-9]|Z33|Z34|Z35|Z3A)';
