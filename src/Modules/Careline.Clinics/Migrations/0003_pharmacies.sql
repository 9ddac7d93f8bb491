-- Which clinics hand out medicines, and how people find them.
ALTER TABLE clinics.clinics ADD is_pharmacy boolean NOT NULL DEFAULT false;
CREATE INDEX clinics_pharmacies ON clinics.clinics (latitude) WHERE is_pharmacy;

CREATE OR REPLACE VIEW clinics.clinic_rows AS
    SELECT id, name, time_zone, latitude, longitude, is_verified AND status = 'active' AS is_open, is_pharmacy, address, city, country, phone FROM clinics.clinics;
