-- Whose staff goes on working, also while a change of the name is looked at and the public does not see the clinic.
CREATE OR REPLACE VIEW clinics.clinic_rows AS
    SELECT id, name, time_zone, latitude, longitude, is_verified AND status = 'active' AS is_open, is_pharmacy, address, city, country, phone,
        is_trusted AND status = 'active' AS is_working
    FROM clinics.clinics;
