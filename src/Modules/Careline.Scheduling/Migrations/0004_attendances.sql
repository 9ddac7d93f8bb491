-- Who was at a clinic already when attendances began to be kept, as Patients would have written it.
INSERT INTO patients.attendances (source_id, patient_id, clinic_id, starts_at, ends_at)
SELECT id, patient_id, clinic_id, greatest(coalesce(checked_in_at, started_at), starts_at - interval '1 day'), starts_at + interval '1 day'
FROM scheduling.appointments WHERE status IN ('checked_in', 'in_progress') AND clinic_id IS NOT NULL;
