-- How a clinic came to know a patient, and who registered them there.
ALTER TABLE patients.patient_clinics
    ADD source        text NOT NULL DEFAULT 'visited',
    ADD registered_by uuid,
    ADD CONSTRAINT patient_clinics_source CHECK (source IN ('registered', 'visited'));
UPDATE patients.patient_clinics c SET source = 'registered', registered_by = p.created_by FROM patients.patients p
    WHERE p.id = c.patient_id AND p.account_id IS NULL AND c.since - p.created_at < interval '1 minute';
CREATE INDEX patient_clinics_since ON patients.patient_clinics (clinic_id, since DESC, patient_id);
