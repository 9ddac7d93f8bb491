-- Web Push is a way to reach people too; and whoever posted a message may ask what became of it.
ALTER TABLE platform.messages DROP CONSTRAINT messages_channel, ADD CONSTRAINT messages_channel CHECK (channel IN ('email', 'sms', 'push'));

CREATE VIEW platform.delivery_rows AS SELECT id, status, sent_at FROM platform.messages;
