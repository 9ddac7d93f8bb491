-- How the two meet, for the room in which they do.
CREATE OR REPLACE VIEW scheduling.appointment_rows AS
    SELECT id, number, doctor_id, patient_id, clinic_id, status, starts_at, ends_at, modality FROM scheduling.appointments;
