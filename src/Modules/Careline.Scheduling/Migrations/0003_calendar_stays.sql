-- Rows of scheduling.time_slots stay: see docs/decisions/0014.
CREATE TRIGGER time_slots_stay BEFORE DELETE OR TRUNCATE OR UPDATE OF id ON scheduling.time_slots FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_removal();
-- Rows of scheduling.appointments stay: see docs/decisions/0014.
CREATE TRIGGER appointments_stay BEFORE DELETE OR TRUNCATE OR UPDATE OF id ON scheduling.appointments FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_removal();

-- Doctor and patient are read in the transaction that books, the slot again under the calendar's locks; the event is added beside its appointment.
ALTER TABLE scheduling.appointments DROP CONSTRAINT appointments_doctor, DROP CONSTRAINT appointments_patient, DROP CONSTRAINT appointments_time_slot;
ALTER TABLE scheduling.appointment_events DROP CONSTRAINT appointment_events_appointment;
