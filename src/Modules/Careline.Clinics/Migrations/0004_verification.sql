-- Doctors and staff register clinics; administrators decide. A clinic is trusted from its first verification until it is rejected: only then does working there give rights
-- elsewhere. One that changes what was verified waits again, out of the public's sight, while its staff goes on caring.
ALTER TABLE clinics.clinics
    ADD description         text,
    ADD kind                text NOT NULL DEFAULT 'physical',
    ADD registration_number text,
    ADD website             text,
    ADD registered_by       uuid CONSTRAINT clinics_registered_by REFERENCES accounts.accounts DEFERRABLE INITIALLY DEFERRED,
    ADD is_trusted          boolean NOT NULL DEFAULT true,
    ADD verification_at     timestamptz,
    ADD verification_by     uuid CONSTRAINT clinics_verification_by REFERENCES accounts.accounts DEFERRABLE INITIALLY DEFERRED,
    ADD verification_note   text,
    ADD verification        text NOT NULL GENERATED ALWAYS AS (CASE WHEN is_verified THEN 'verified' WHEN verification_at IS NULL THEN 'pending' ELSE 'rejected' END) STORED,
    ADD CONSTRAINT clinics_kind CHECK (kind IN ('physical', 'virtual', 'both'));
CREATE INDEX clinics_by_verification ON clinics.clinics (verification, created_at) WHERE NOT is_verified;
CREATE INDEX clinics_registered_by ON clinics.clinics (registered_by) WHERE registered_by IS NOT NULL;
CREATE INDEX clinics_by_place ON clinics.clinics (country, city);
CREATE INDEX clinics_around ON clinics.clinics (latitude, longitude) WHERE is_verified AND status = 'active';
CREATE UNIQUE INDEX clinics_registration ON clinics.clinics (lower(btrim(registration_number)), coalesce(country, '')) WHERE is_trusted AND registration_number IS NOT NULL;

CREATE OR REPLACE VIEW clinics.staff_rows AS
    SELECT s.clinic_id, s.account_id, s.role FROM clinics.staff s JOIN clinics.clinics c ON c.id = s.clinic_id AND c.is_trusted WHERE s.left_at IS NULL;
