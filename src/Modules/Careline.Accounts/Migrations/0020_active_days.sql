-- On which days somebody was here, for figures of who uses Careline: a row a day, not where or when.
CREATE TABLE accounts.active_days (
    day        date NOT NULL,
    account_id uuid NOT NULL CONSTRAINT active_days_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT active_days_key PRIMARY KEY (day, account_id)
);
CREATE INDEX active_days_by_account ON accounts.active_days (account_id);

CREATE FUNCTION accounts.note_active_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO accounts.active_days (day, account_id) VALUES ((NEW.last_seen_at AT TIME ZONE 'UTC')::date, NEW.account_id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER note_sign_in AFTER INSERT ON accounts.sessions FOR EACH ROW EXECUTE FUNCTION accounts.note_active_day();
CREATE TRIGGER note_use AFTER UPDATE OF last_seen_at ON accounts.sessions FOR EACH ROW
    WHEN ((OLD.last_seen_at AT TIME ZONE 'UTC')::date <> (NEW.last_seen_at AT TIME ZONE 'UTC')::date) EXECUTE FUNCTION accounts.note_active_day();
INSERT INTO accounts.active_days (day, account_id)
    SELECT (last_seen_at AT TIME ZONE 'UTC')::date, account_id FROM accounts.sessions
    UNION SELECT (created_at AT TIME ZONE 'UTC')::date, account_id FROM accounts.sessions;

CREATE VIEW accounts.active_day_rows AS SELECT day, account_id FROM accounts.active_days;
CREATE VIEW accounts.account_facts AS SELECT id, roles, created_at FROM accounts.accounts;
