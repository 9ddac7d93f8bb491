-- Appointments as figures count them: who, where, when and how it went; no text that anybody wrote. Times that were only kept for somebody are none.
CREATE VIEW scheduling.appointment_facts AS
    SELECT id, doctor_id, patient_id, clinic_id, starts_at, ends_at, time_zone, local_date, status, visit_type, modality, urgency, fee_amount, fee_currency,
        created_at, checked_in_at, ready_at, started_at, ended_at, cancelled_at, cancelled_by
    FROM scheduling.appointments WHERE status NOT IN ('held', 'expired');
-- A day's figures are computed from the visits that begin in it.
CREATE INDEX appointments_by_start ON scheduling.appointments (starts_at);
