-- A person's own picture, as a file; the address of one elsewhere stays beside it.
ALTER TABLE accounts.accounts ADD COLUMN picture_file_id uuid;
