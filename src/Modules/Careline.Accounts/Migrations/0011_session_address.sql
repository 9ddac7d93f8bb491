-- Where a session was signed in from, so that its owner can tell a strange one. Of sessions from before this, nothing is known.
ALTER TABLE accounts.sessions ADD COLUMN address text;
