-- A booking writes as few index entries as its rows need: version-7 ids of events are in the order of time, so one key serves both the
-- uniqueness and the reading of a history; and what only waits to be taken away needs no key at all.
ALTER TABLE scheduling.appointment_events DROP CONSTRAINT appointment_events_pkey;
DROP INDEX scheduling.appointment_events_by_appointment;
ALTER TABLE scheduling.appointment_events ADD CONSTRAINT appointment_events_pkey PRIMARY KEY (appointment_id, id);
ALTER TABLE scheduling.stale_listings DROP COLUMN id;
