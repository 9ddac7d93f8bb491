-- Mail and SMS on their way, and afterwards the record that they were sent. What a message says is encrypted, and gone once it was handed over.
CREATE TABLE platform.messages (
    id         uuid PRIMARY KEY,
    channel    text NOT NULL CONSTRAINT messages_channel CHECK (channel IN ('email', 'sms')),
    content    bytea,
    status     text NOT NULL CONSTRAINT messages_status CHECK (status IN ('queued', 'sent', 'failed', 'expired')),
    tries      integer NOT NULL,
    due_at     timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    sent_at    timestamptz,
    sent_by    text,
    failure    text
);
CREATE INDEX messages_due ON platform.messages (channel, due_at) WHERE status = 'queued';

-- What the sandbox "sent" (Development only), each message once however often it was handed over.
CREATE TABLE platform.sandbox_inbox (
    id        uuid PRIMARY KEY,
    channel   text NOT NULL,
    recipient text NOT NULL,
    subject   text,
    text      text NOT NULL,
    sent_at   timestamptz NOT NULL
);
CREATE INDEX sandbox_inbox_newest ON platform.sandbox_inbox (sent_at DESC, id DESC);
CREATE INDEX sandbox_inbox_recipient ON platform.sandbox_inbox (recipient, sent_at DESC);
