-- Where patients live, as figures count it.
CREATE VIEW patients.place_facts AS
    SELECT id AS patient_id, upper(nullif(btrim(country), '')) AS country, initcap(nullif(btrim(city), '')) AS city FROM patients.patients WHERE is_active;
