-- Tickets that nobody has shown yet, by their hash. They live for half a minute and name people without a foreign key, so that taking one is one statement.
CREATE TABLE sockets.tickets (
    hash       bytea PRIMARY KEY,
    account_id uuid NOT NULL,
    session_id uuid NOT NULL,
    expires_at timestamptz NOT NULL
);
