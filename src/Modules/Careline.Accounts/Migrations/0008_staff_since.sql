-- Since when an account works with other people's data; a second factor is asked of it some days later. Of accounts from before this, since their next sign-in.
ALTER TABLE accounts.accounts ADD COLUMN staff_since timestamptz;
