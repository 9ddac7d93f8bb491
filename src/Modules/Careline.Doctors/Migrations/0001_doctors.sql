CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Terms are the lower-case words by which free text finds a specialty: its slug, its name, and what people also call it.
CREATE TABLE doctors.specializations (
    id         uuid PRIMARY KEY,
    slug       text NOT NULL,
    name       text NOT NULL,
    aliases    text[] NOT NULL,
    terms      text[] NOT NULL,
    created_at timestamptz NOT NULL,
    version    integer NOT NULL
);

-- Derived from doctors.specializations by trigger: a word, or the id as text, means one specialty.
CREATE TABLE doctors.specialization_terms (
    term              text CONSTRAINT specialization_terms_pk PRIMARY KEY,
    specialization_id uuid NOT NULL CONSTRAINT specialization_terms_specialization REFERENCES doctors.specializations ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE FUNCTION doctors.keep_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM doctors.specialization_terms WHERE specialization_id = NEW.id;
    INSERT INTO doctors.specialization_terms (term, specialization_id)
        SELECT DISTINCT t, NEW.id FROM unnest(NEW.terms || NEW.id::text) AS t;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_terms AFTER INSERT OR UPDATE OF terms ON doctors.specializations FOR EACH ROW EXECUTE FUNCTION doctors.keep_terms();

INSERT INTO doctors.specializations (id, slug, name, aliases, terms, created_at, version)
SELECT ('00000000-0000-7000-8000-' || lpad(row_number() OVER ()::text, 12, '0'))::uuid, slug, name, aliases,
       ARRAY[slug, lower(name)] || aliases, timestamptz '2026-01-01 00:00Z', 1
FROM (VALUES
    ('general', 'General Practice', ARRAY['general medicine', 'general practitioner', 'family medicine', 'family doctor', 'gp', 'internal medicine', 'internist', 'physician', 'primary care']),
    ('cardiology', 'Cardiology', ARRAY['cardiologist', 'cardiac', 'cardiovascular', 'heart']),
    ('dermatology', 'Dermatology', ARRAY['dermatologist', 'skin']),
    ('pediatrics', 'Pediatrics', ARRAY['pediatrician', 'paediatrics', 'paediatrician', 'children', 'child health']),
    ('gynecology', 'Gynecology', ARRAY['gynecologist', 'gynaecology', 'gynaecologist', 'obstetrics', 'obstetrician', 'obstetrics and gynecology', 'ob-gyn', 'obgyn', 'women''s health']),
    ('ophthalmology', 'Ophthalmology', ARRAY['ophthalmologist', 'eye', 'eyes']),
    ('psychiatry', 'Psychiatry', ARRAY['psychiatrist', 'mental health']),
    ('orthopedics', 'Orthopedics', ARRAY['orthopedist', 'orthopaedics', 'orthopedic', 'orthopedic surgery', 'bones', 'bone']),
    ('neurology', 'Neurology', ARRAY['neurologist', 'brain', 'nerves']),
    ('oncology', 'Oncology', ARRAY['oncologist', 'cancer']),
    ('endocrinology', 'Endocrinology', ARRAY['endocrinologist', 'diabetes', 'hormones', 'thyroid']),
    ('gastroenterology', 'Gastroenterology', ARRAY['gastroenterologist', 'stomach', 'digestive']),
    ('pulmonology', 'Pulmonology', ARRAY['pulmonologist', 'respiratory', 'respiratory medicine', 'lung', 'lungs']),
    ('nephrology', 'Nephrology', ARRAY['nephrologist', 'kidney', 'kidneys']),
    ('rheumatology', 'Rheumatology', ARRAY['rheumatologist', 'arthritis', 'joints']),
    ('urology', 'Urology', ARRAY['urologist', 'urinary']),
    ('radiology', 'Radiology', ARRAY['radiologist', 'imaging']),
    ('anesthesiology', 'Anesthesiology', ARRAY['anesthesiologist', 'anaesthesiology', 'anaesthetist', 'anesthesia']),
    ('emergency', 'Emergency Medicine', ARRAY['emergency physician', 'emergency room', 'trauma']),
    ('surgery', 'Surgery', ARRAY['surgeon', 'general surgery', 'general surgeon']),
    ('other', 'Other', ARRAY[]::text[])
) AS s (slug, name, aliases);

CREATE TABLE doctors.doctors (
    id                   uuid PRIMARY KEY,
    account_id           uuid NOT NULL CONSTRAINT doctors_account REFERENCES accounts.accounts DEFERRABLE INITIALLY DEFERRED,
    first_name           text NOT NULL,
    last_name            text NOT NULL,
    name                 text NOT NULL GENERATED ALWAYS AS (first_name || ' ' || last_name) STORED,
    license_number       text NOT NULL,
    license_country      text,
    specialization_ids   uuid[] NOT NULL,
    specializations      text[] NOT NULL,
    specialty_text       text,
    time_zone            text NOT NULL DEFAULT 'UTC',
    bio                  text,
    languages            text[] NOT NULL DEFAULT '{}',
    modalities           text[] NOT NULL DEFAULT '{}',
    experience_years     integer NOT NULL DEFAULT 0,
    fee_amount           bigint,
    fee_currency         text,
    rating               numeric(3,2) NOT NULL DEFAULT 0,
    review_count         integer NOT NULL DEFAULT 0,
    verification         text NOT NULL DEFAULT 'pending',
    verification_at      timestamptz,
    verification_by      uuid,
    verification_note    text,
    accepts_patients     boolean NOT NULL DEFAULT true,
    is_listed            boolean NOT NULL GENERATED ALWAYS AS (verification = 'verified' AND accepts_patients) STORED,
    clinic_ids           uuid[] NOT NULL DEFAULT '{}',
    photo_url            text,
    next_free_at         timestamptz,
    search_text          text NOT NULL DEFAULT '',
    created_at           timestamptz NOT NULL,
    updated_at           timestamptz NOT NULL,
    version              integer NOT NULL,
    CONSTRAINT doctors_rating CHECK (rating BETWEEN 0 AND 5),
    CONSTRAINT doctors_fee CHECK ((fee_amount IS NULL) = (fee_currency IS NULL) AND fee_amount >= 0)
);
CREATE UNIQUE INDEX doctors_one_per_account ON doctors.doctors (account_id);
CREATE UNIQUE INDEX doctors_license ON doctors.doctors (lower(btrim(license_number)), coalesce(license_country, ''));
CREATE INDEX doctors_by_rating ON doctors.doctors (rating DESC, id) WHERE is_listed;
CREATE INDEX doctors_by_fee ON doctors.doctors (fee_amount, id) WHERE is_listed;
CREATE INDEX doctors_by_experience ON doctors.doctors (experience_years, id) WHERE is_listed;
CREATE INDEX doctors_by_next ON doctors.doctors (next_free_at, id) WHERE is_listed;
CREATE INDEX doctors_languages ON doctors.doctors USING gin (languages);
CREATE INDEX doctors_search ON doctors.doctors USING gin (search_text gin_trgm_ops);

-- Derived from doctors.doctors by trigger, never written otherwise. It carries what the doctor list narrows and orders by, so that
-- "cardiologists rated 4 and better, best first" is one stretch of one index, for the count and for the page.
CREATE TABLE doctors.doctor_specializations (
    doctor_id         uuid NOT NULL CONSTRAINT doctor_specializations_doctor REFERENCES doctors.doctors DEFERRABLE INITIALLY DEFERRED,
    specialization_id uuid NOT NULL CONSTRAINT doctor_specializations_specialization REFERENCES doctors.specializations DEFERRABLE INITIALLY DEFERRED,
    rating            numeric(3,2) NOT NULL,
    is_listed         boolean NOT NULL,
    CONSTRAINT doctor_specializations_pk PRIMARY KEY (doctor_id, specialization_id)
);
CREATE INDEX doctor_specializations_listing ON doctors.doctor_specializations (specialization_id, rating DESC, doctor_id) WHERE is_listed;

CREATE TABLE doctors.doctor_clinics (
    doctor_id uuid NOT NULL CONSTRAINT doctor_clinics_doctor REFERENCES doctors.doctors DEFERRABLE INITIALLY DEFERRED,
    clinic_id uuid NOT NULL CONSTRAINT doctor_clinics_clinic REFERENCES clinics.clinics DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT doctor_clinics_pk PRIMARY KEY (clinic_id, doctor_id)
);
CREATE INDEX doctor_clinics_doctor ON doctors.doctor_clinics (doctor_id);

CREATE FUNCTION doctors.make_searchable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.search_text := concat_ws(' ', NEW.first_name, NEW.last_name, array_to_string(NEW.specializations, ' '), NEW.specialty_text, NEW.bio);
    RETURN NEW;
END $$;
CREATE TRIGGER make_searchable BEFORE INSERT OR UPDATE OF first_name, last_name, specializations, specialty_text, bio
    ON doctors.doctors FOR EACH ROW EXECUTE FUNCTION doctors.make_searchable();

CREATE FUNCTION doctors.list_doctor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM doctors.doctor_specializations WHERE doctor_id = NEW.id AND NOT specialization_id = ANY (NEW.specialization_ids);
    INSERT INTO doctors.doctor_specializations (doctor_id, specialization_id, rating, is_listed)
        SELECT DISTINCT NEW.id, s, NEW.rating, NEW.is_listed FROM unnest(NEW.specialization_ids) AS s
        ON CONFLICT ON CONSTRAINT doctor_specializations_pk DO UPDATE SET rating = excluded.rating, is_listed = excluded.is_listed;
    DELETE FROM doctors.doctor_clinics WHERE doctor_id = NEW.id AND NOT clinic_id = ANY (NEW.clinic_ids);
    INSERT INTO doctors.doctor_clinics (doctor_id, clinic_id)
        SELECT DISTINCT NEW.id, c FROM unnest(NEW.clinic_ids) AS c
        ON CONFLICT ON CONSTRAINT doctor_clinics_pk DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER list_doctor AFTER INSERT OR UPDATE OF specialization_ids, rating, verification, accepts_patients, clinic_ids
    ON doctors.doctors FOR EACH ROW EXECUTE FUNCTION doctors.list_doctor();

-- Days with free times, written by the scheduling module.
CREATE TABLE doctors.free_days (
    doctor_id     uuid NOT NULL CONSTRAINT free_days_doctor REFERENCES doctors.doctors DEFERRABLE INITIALLY DEFERRED,
    day           date NOT NULL,
    first_free_at timestamptz NOT NULL,
    CONSTRAINT free_days_pk PRIMARY KEY (doctor_id, day)
);
CREATE INDEX free_days_day ON doctors.free_days (day, doctor_id);

-- Education, posts held and licence papers: lines of a professional life.
CREATE TABLE doctors.qualifications (
    id           uuid PRIMARY KEY,
    doctor_id    uuid NOT NULL CONSTRAINT qualifications_doctor REFERENCES doctors.doctors DEFERRABLE INITIALLY DEFERRED,
    kind         text NOT NULL,
    title        text NOT NULL,
    organization text NOT NULL,
    country      text,
    number       text,
    started_on   date,
    ended_on     date,
    description  text,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    removed_at   timestamptz,
    version      integer NOT NULL
);
CREATE INDEX qualifications_doctor ON doctors.qualifications (doctor_id, kind) WHERE removed_at IS NULL;

CREATE VIEW doctors.doctor_rows AS
    SELECT id, account_id, name, specializations, time_zone, is_listed AS is_bookable, fee_amount, fee_currency FROM doctors.doctors;
