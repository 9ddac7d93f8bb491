-- A list of appointments names each by its number, and leaves out those that were removed from sight.
CREATE OR REPLACE VIEW scheduling.appointment_facts AS
    SELECT id, doctor_id, patient_id, clinic_id, starts_at, ends_at, time_zone, local_date, status, visit_type, modality, urgency, fee_amount, fee_currency,
        created_at, checked_in_at, ready_at, started_at, ended_at, cancelled_at, cancelled_by, number, hidden_at
    FROM scheduling.appointments WHERE status NOT IN ('held', 'expired');
