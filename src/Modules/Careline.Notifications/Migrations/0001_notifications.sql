-- What somebody was told within Careline. Nothing clinical and no names, as in mail; deleted rows are gone from sight and go with the others in time.
CREATE TABLE notifications.notifications (
    id         uuid PRIMARY KEY,
    account_id uuid NOT NULL CONSTRAINT notifications_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    category   text NOT NULL,
    severity   text NOT NULL,
    phrase     text NOT NULL,
    title      text NOT NULL,
    body       text NOT NULL,
    about_kind text,
    about_id   uuid,
    created_at timestamptz NOT NULL,
    read_at    timestamptz,
    deleted_at timestamptz,
    CONSTRAINT notifications_about CHECK ((about_kind IS NULL) = (about_id IS NULL))
);
-- One person's list is short: category and severity are filtered within it. Every booking writes here, so each index counts.
CREATE INDEX notifications_feed ON notifications.notifications (account_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX notifications_unread ON notifications.notifications (account_id, created_at DESC, id DESC) WHERE deleted_at IS NULL AND read_at IS NULL;
CREATE INDEX notifications_age ON notifications.notifications USING brin (created_at);

-- How somebody wants to be told; who never said has no row.
CREATE TABLE notifications.preferences (
    account_id       uuid PRIMARY KEY CONSTRAINT preferences_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    language         text,
    time_zone        text,
    quiet_from       time,
    quiet_until      time,
    reminder_offsets integer[],
    updated_at       timestamptz NOT NULL,
    version          integer NOT NULL,
    CONSTRAINT preferences_quiet CHECK ((quiet_from IS NULL) = (quiet_until IS NULL))
);

-- A category by a channel, switched on or off; what has no row is as usual.
CREATE TABLE notifications.choices (
    account_id uuid NOT NULL CONSTRAINT choices_preferences REFERENCES notifications.preferences (account_id) DEFERRABLE INITIALLY DEFERRED,
    category   text NOT NULL,
    channel    text NOT NULL,
    is_on      boolean NOT NULL,
    CONSTRAINT choices_pk PRIMARY KEY (account_id, category, channel)
);

-- A browser that shows notifications (Push API). Whoever knows its endpoint can write to it, so it is encrypted; the hash finds a repeated one.
CREATE TABLE notifications.push_subscriptions (
    id            uuid PRIMARY KEY,
    account_id    uuid NOT NULL CONSTRAINT push_subscriptions_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    sealed        bytea NOT NULL,
    endpoint_hash bytea NOT NULL CONSTRAINT push_subscriptions_endpoint UNIQUE,
    user_agent    text,
    created_at    timestamptz NOT NULL,
    last_used_at  timestamptz
);
CREATE INDEX push_subscriptions_account ON notifications.push_subscriptions (account_id, created_at);

-- The installation's key for Web Push (RFC 8292), made with the first subscription. Browsers are bound to it: with another one all subscribe anew.
CREATE TABLE notifications.vapid_keys (
    id          uuid PRIMARY KEY,
    only_row    boolean NOT NULL DEFAULT true CONSTRAINT vapid_keys_one UNIQUE CONSTRAINT vapid_keys_only CHECK (only_row),
    private_key bytea NOT NULL,
    created_at  timestamptz NOT NULL
);
