-- Addresses at which people's calendar programs read their appointments. The token in the address is the key: only its hash is kept.
CREATE TABLE scheduling.calendar_feeds (
    id           uuid PRIMARY KEY,
    account_id   uuid NOT NULL,
    token_hash   bytea NOT NULL,
    created_at   timestamptz NOT NULL,
    renewed_at   timestamptz,
    last_read_at timestamptz,
    version      integer NOT NULL,
    CONSTRAINT calendar_feeds_token UNIQUE (token_hash)
);
CREATE INDEX calendar_feeds_by_account ON scheduling.calendar_feeds (account_id);

-- Calendars that doctors keep elsewhere. The address lets whoever knows it read them, so it is sealed; of what they say only busy time is kept.
CREATE TABLE scheduling.outside_calendars (
    id             uuid PRIMARY KEY,
    doctor_id      uuid NOT NULL CONSTRAINT outside_calendars_schedule REFERENCES scheduling.schedules (doctor_id) DEFERRABLE INITIALLY DEFERRED,
    name           text NOT NULL,
    host           text NOT NULL,
    address_sealed bytea NOT NULL,
    content_hash   bytea,
    next_read_at   timestamptz NOT NULL,
    last_read_at   timestamptz,
    last_tried_at  timestamptz,
    last_error     text,
    busy_times     integer NOT NULL,
    not_understood integer NOT NULL,
    created_at     timestamptz NOT NULL,
    version        integer NOT NULL
);
CREATE INDEX outside_calendars_by_doctor ON scheduling.outside_calendars (doctor_id);
CREATE INDEX outside_calendars_due ON scheduling.outside_calendars (next_read_at);

-- Spans of one calendar lie apart. Not appointments: the practice may book over them, so no constraint guards them.
CREATE TABLE scheduling.outside_busy (
    calendar_id uuid NOT NULL CONSTRAINT outside_busy_calendar REFERENCES scheduling.outside_calendars (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    doctor_id   uuid NOT NULL,
    starts_at   timestamptz NOT NULL,
    ends_at     timestamptz NOT NULL,
    PRIMARY KEY (calendar_id, starts_at)
);
CREATE INDEX outside_busy_by_doctor ON scheduling.outside_busy (doctor_id, ends_at);
