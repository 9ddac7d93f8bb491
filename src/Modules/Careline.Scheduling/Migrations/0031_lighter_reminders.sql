-- Every booking writes reminders. By the patient are asked for only those of patients without an account; the others are found by their accounts and visits.
DROP INDEX scheduling.reminders_by_patient;
CREATE INDEX reminders_by_patient ON scheduling.reminders (patient_id, due_at DESC, id DESC) WHERE account_id IS NULL;
