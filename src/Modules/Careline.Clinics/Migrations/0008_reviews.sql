-- Visits at clinics that took place, as scheduling tells them: who may review what. No foreign key to the patient, whose module stands above this one.
CREATE TABLE clinics.reviewable_visits (
    appointment_id uuid PRIMARY KEY,
    clinic_id      uuid NOT NULL CONSTRAINT reviewable_visits_clinic REFERENCES clinics.clinics DEFERRABLE INITIALLY DEFERRED,
    patient_id     uuid NOT NULL,
    completed_at   timestamptz NOT NULL
);
CREATE INDEX reviewable_visits_patient ON clinics.reviewable_visits (patient_id, completed_at);

CREATE TABLE clinics.reviews (
    id             uuid PRIMARY KEY,
    clinic_id      uuid NOT NULL CONSTRAINT reviews_clinic REFERENCES clinics.clinics DEFERRABLE INITIALLY DEFERRED,
    appointment_id uuid NOT NULL CONSTRAINT reviews_visit REFERENCES clinics.reviewable_visits DEFERRABLE INITIALLY DEFERRED,
    patient_id     uuid NOT NULL,
    author_id      uuid NOT NULL CONSTRAINT reviews_author REFERENCES accounts.accounts DEFERRABLE INITIALLY DEFERRED,
    author_name    text NOT NULL,
    rating         integer NOT NULL,
    staff          integer,
    cleanliness    integer,
    waiting_time   integer,
    value          integer,
    comment        text,
    reply          text,
    replied_at     timestamptz,
    hidden_at      timestamptz,
    hidden_by      uuid,
    hidden_reason  text,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    removed_at     timestamptz,
    version        integer NOT NULL,
    CONSTRAINT clinic_reviews_once_per_visit UNIQUE (appointment_id),
    CONSTRAINT reviews_scores CHECK (rating BETWEEN 1 AND 5 AND staff BETWEEN 1 AND 5 AND cleanliness BETWEEN 1 AND 5
        AND waiting_time BETWEEN 1 AND 5 AND value BETWEEN 1 AND 5)
);
CREATE INDEX reviews_shown ON clinics.reviews (clinic_id, created_at DESC, id) INCLUDE (rating) WHERE hidden_at IS NULL AND removed_at IS NULL;
CREATE INDEX reviews_by_rating ON clinics.reviews (clinic_id, rating, created_at DESC, id) WHERE hidden_at IS NULL AND removed_at IS NULL;
CREATE INDEX reviews_newest ON clinics.reviews (created_at DESC, id) WHERE removed_at IS NULL;
CREATE INDEX reviews_author ON clinics.reviews (author_id);
CREATE INDEX reviews_patient ON clinics.reviews (patient_id);

CREATE TABLE clinics.review_reports (
    review_id   uuid NOT NULL CONSTRAINT review_reports_review REFERENCES clinics.reviews DEFERRABLE INITIALLY DEFERRED,
    account_id  uuid NOT NULL CONSTRAINT review_reports_account REFERENCES accounts.accounts DEFERRABLE INITIALLY DEFERRED,
    reason      text NOT NULL,
    created_at  timestamptz NOT NULL,
    answered_at timestamptz,
    CONSTRAINT clinic_review_reports_pk PRIMARY KEY (review_id, account_id)
);
CREATE INDEX review_reports_open ON clinics.review_reports (review_id) WHERE answered_at IS NULL;
CREATE INDEX review_reports_account ON clinics.review_reports (account_id);

-- Every decision about a review with its reason; rows are only added.
CREATE TABLE clinics.review_decisions (
    id         uuid PRIMARY KEY,
    review_id  uuid NOT NULL CONSTRAINT review_decisions_review REFERENCES clinics.reviews DEFERRABLE INITIALLY DEFERRED,
    decided_by uuid NOT NULL CONSTRAINT review_decisions_administrator REFERENCES accounts.accounts DEFERRABLE INITIALLY DEFERRED,
    is_hidden  boolean NOT NULL,
    reason     text NOT NULL,
    at         timestamptz NOT NULL
);
CREATE INDEX review_decisions_review ON clinics.review_decisions (review_id, at);

ALTER TABLE clinics.clinics ADD rating numeric(3,2) NOT NULL DEFAULT 0, ADD review_count integer NOT NULL DEFAULT 0;
CREATE INDEX clinics_by_rating ON clinics.clinics (rating DESC, id);

-- The clinic's mean and count, in the transaction of whatever changes them: its row is locked first, so that of two who review at once the second counts the first.
CREATE FUNCTION clinics.keep_rating() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    clinic uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.clinic_id ELSE NEW.clinic_id END;
BEGIN
    PERFORM FROM clinics.clinics WHERE id = clinic FOR NO KEY UPDATE;
    UPDATE clinics.clinics c SET rating = r.mean, review_count = r.count
    FROM (SELECT coalesce(round(avg(rating), 2), 0) AS mean, count(*) AS count FROM clinics.reviews
          WHERE clinic_id = clinic AND hidden_at IS NULL AND removed_at IS NULL) r
    WHERE c.id = clinic;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_rating AFTER INSERT OR DELETE OR UPDATE OF rating, hidden_at, removed_at ON clinics.reviews FOR EACH ROW EXECUTE FUNCTION clinics.keep_rating();
