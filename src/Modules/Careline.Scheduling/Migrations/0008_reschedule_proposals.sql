-- Another time that one side proposes for an agreed visit and the other answers. The visit keeps its time until then; the proposed one is kept by a hold, a row
-- of scheduling.appointments that nobody sees.
CREATE TABLE scheduling.reschedule_proposals (
    id               uuid PRIMARY KEY,
    appointment_id   uuid NOT NULL CONSTRAINT reschedule_proposals_appointment REFERENCES scheduling.appointments (id) DEFERRABLE INITIALLY DEFERRED,
    hold_id          uuid NOT NULL CONSTRAINT reschedule_proposals_hold REFERENCES scheduling.appointments (id) DEFERRABLE INITIALLY DEFERRED,
    starts_at        timestamptz NOT NULL,
    ends_at          timestamptz NOT NULL,
    time_slot_id     uuid,
    clinic_id        uuid,
    by_patient       boolean NOT NULL,
    proposed_by      uuid NOT NULL,
    reason           text,
    status           text NOT NULL,
    expires_at       timestamptz NOT NULL,
    answered_by      uuid,
    answered_at      timestamptz,
    created_at       timestamptz NOT NULL,
    version          integer NOT NULL
);
CREATE UNIQUE INDEX reschedule_proposals_open ON scheduling.reschedule_proposals (appointment_id) WHERE status = 'open';
CREATE INDEX reschedule_proposals_by_appointment ON scheduling.reschedule_proposals (appointment_id, id);
CREATE INDEX reschedule_proposals_expiring ON scheduling.reschedule_proposals (expires_at) WHERE status = 'open';
