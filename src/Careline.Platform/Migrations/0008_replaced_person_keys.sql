-- A key that was changed past us and did not open when something had to be sealed: what was found in its place, and when.
ALTER TABLE platform.person_keys ADD COLUMN replaced bytea, ADD COLUMN replaced_at timestamptz;
