-- Why an administrator ended that somebody acts for a patient; null where the family did.
ALTER TABLE patients.proxies ADD COLUMN end_reason text;
