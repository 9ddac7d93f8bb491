-- Every booking tells two accounts, which stay: docs/decisions/0014.
ALTER TABLE notifications.notifications DROP CONSTRAINT notifications_account;
