-- Who waits for a time of a doctor. A time that is offered is kept by a hold, a row of scheduling.appointments that nobody sees: the constraints guard offers as they
-- guard every other time, and no two people are offered the same.
CREATE TABLE scheduling.waitlist_entries (
    id               uuid PRIMARY KEY,
    patient_id       uuid NOT NULL,
    doctor_id        uuid NOT NULL,
    clinic_id        uuid,
    modality         text,
    start_date       date NOT NULL,
    end_date         date NOT NULL,
    day_part         text,
    visit_type       text NOT NULL,
    urgency          text NOT NULL,
    reason           text,
    status           text NOT NULL,
    ranked_at        timestamptz NOT NULL,
    missed_offers    integer NOT NULL,
    hold_id          uuid CONSTRAINT waitlist_entries_hold REFERENCES scheduling.appointments (id) DEFERRABLE INITIALLY DEFERRED,
    offered_start    timestamptz,
    offered_end      timestamptz,
    offer_expires_at timestamptz,
    created_by       uuid NOT NULL,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    version          integer NOT NULL,
    CONSTRAINT waitlist_entries_window CHECK (start_date <= end_date),
    CONSTRAINT waitlist_entries_offer CHECK ((status = 'offered') = (offer_expires_at IS NOT NULL))
);
-- Once at each doctor, or whoever joins twice is offered two times.
CREATE UNIQUE INDEX waitlist_entries_live ON scheduling.waitlist_entries (patient_id, doctor_id) WHERE status IN ('waiting', 'offered');
CREATE INDEX waitlist_entries_line ON scheduling.waitlist_entries (doctor_id, ranked_at, id) WHERE status = 'waiting';
CREATE INDEX waitlist_entries_offers ON scheduling.waitlist_entries (offer_expires_at) WHERE status = 'offered';
CREATE INDEX waitlist_entries_ending ON scheduling.waitlist_entries (end_date) WHERE status = 'waiting';
CREATE INDEX waitlist_entries_by_patient ON scheduling.waitlist_entries (patient_id, id DESC);
CREATE INDEX waitlist_entries_by_doctor ON scheduling.waitlist_entries (doctor_id, id DESC);

-- Times that somebody declined or missed are not offered to the person again.
CREATE TABLE scheduling.waitlist_refusals (
    entry_id  uuid NOT NULL CONSTRAINT waitlist_refusals_entry REFERENCES scheduling.waitlist_entries (id) DEFERRABLE INITIALLY DEFERRED,
    starts_at timestamptz NOT NULL,
    PRIMARY KEY (entry_id, starts_at)
);

-- Doctors whose lines are to be looked at: their calendar changed, or their line did. Only ever added to and emptied by the job, as scheduling.stale_listings.
CREATE TABLE scheduling.waitlist_looks (
    doctor_id uuid NOT NULL
);
CREATE INDEX waitlist_looks_by_doctor ON scheduling.waitlist_looks (doctor_id);
