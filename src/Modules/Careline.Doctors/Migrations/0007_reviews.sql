-- Visits that took place, as scheduling tells them: who may review whom. No foreign key to the patient, whose module stands beside this one.
CREATE TABLE doctors.reviewable_visits (
    appointment_id uuid PRIMARY KEY,
    doctor_id      uuid NOT NULL CONSTRAINT reviewable_visits_doctor REFERENCES doctors.doctors DEFERRABLE INITIALLY DEFERRED,
    patient_id     uuid NOT NULL,
    completed_at   timestamptz NOT NULL
);
CREATE INDEX reviewable_visits_patient ON doctors.reviewable_visits (patient_id, completed_at);

CREATE TABLE doctors.reviews (
    id             uuid PRIMARY KEY,
    doctor_id      uuid NOT NULL CONSTRAINT reviews_doctor REFERENCES doctors.doctors DEFERRABLE INITIALLY DEFERRED,
    appointment_id uuid NOT NULL CONSTRAINT reviews_visit REFERENCES doctors.reviewable_visits DEFERRABLE INITIALLY DEFERRED,
    patient_id     uuid NOT NULL,
    author_id      uuid NOT NULL CONSTRAINT reviews_author REFERENCES accounts.accounts DEFERRABLE INITIALLY DEFERRED,
    author_name    text NOT NULL,
    rating         integer NOT NULL,
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
    CONSTRAINT reviews_once_per_visit UNIQUE (appointment_id),
    CONSTRAINT reviews_rating CHECK (rating BETWEEN 1 AND 5)
);
CREATE INDEX reviews_shown ON doctors.reviews (doctor_id, created_at DESC, id) INCLUDE (rating) WHERE hidden_at IS NULL AND removed_at IS NULL;
CREATE INDEX reviews_by_rating ON doctors.reviews (doctor_id, rating, created_at DESC, id) WHERE hidden_at IS NULL AND removed_at IS NULL;
CREATE INDEX reviews_newest ON doctors.reviews (created_at DESC, id) WHERE removed_at IS NULL;
CREATE INDEX reviews_author ON doctors.reviews (author_id);
CREATE INDEX reviews_patient ON doctors.reviews (patient_id);

CREATE TABLE doctors.review_reports (
    review_id   uuid NOT NULL CONSTRAINT review_reports_review REFERENCES doctors.reviews DEFERRABLE INITIALLY DEFERRED,
    account_id  uuid NOT NULL CONSTRAINT review_reports_account REFERENCES accounts.accounts DEFERRABLE INITIALLY DEFERRED,
    reason      text NOT NULL,
    created_at  timestamptz NOT NULL,
    answered_at timestamptz,
    CONSTRAINT review_reports_pk PRIMARY KEY (review_id, account_id)
);
CREATE INDEX review_reports_open ON doctors.review_reports (review_id) WHERE answered_at IS NULL;
CREATE INDEX review_reports_account ON doctors.review_reports (account_id);

-- The doctor's mean and count, in the transaction of whatever changes them. The doctor's row is locked first, so that of two who review at once the
-- second counts the first. Counted anew each time: no drift, and nobody has to know what was before.
CREATE FUNCTION doctors.keep_rating() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    doctor uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.doctor_id ELSE NEW.doctor_id END;
BEGIN
    PERFORM FROM doctors.doctors WHERE id = doctor FOR NO KEY UPDATE;
    UPDATE doctors.doctors d SET rating = r.mean, review_count = r.count
    FROM (SELECT coalesce(round(avg(rating), 2), 0) AS mean, count(*) AS count FROM doctors.reviews
          WHERE doctor_id = doctor AND hidden_at IS NULL AND removed_at IS NULL) r
    WHERE d.id = doctor;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_rating AFTER INSERT OR DELETE OR UPDATE OF rating, hidden_at, removed_at ON doctors.reviews FOR EACH ROW EXECUTE FUNCTION doctors.keep_rating();

-- Every decision about a review with its reason; rows are only added.
CREATE TABLE doctors.review_decisions (
    id         uuid PRIMARY KEY,
    review_id  uuid NOT NULL CONSTRAINT review_decisions_review REFERENCES doctors.reviews DEFERRABLE INITIALLY DEFERRED,
    decided_by uuid NOT NULL CONSTRAINT review_decisions_administrator REFERENCES accounts.accounts DEFERRABLE INITIALLY DEFERRED,
    is_hidden  boolean NOT NULL,
    reason     text NOT NULL,
    at         timestamptz NOT NULL
);
CREATE INDEX review_decisions_review ON doctors.review_decisions (review_id, at);
