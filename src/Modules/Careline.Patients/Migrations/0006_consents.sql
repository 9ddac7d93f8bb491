-- What people are asked to agree to. A text that was shown is never changed: another wording is another version.
CREATE TABLE patients.consent_texts (
    kind            text NOT NULL CONSTRAINT consent_texts_kind CHECK (kind IN ('privacy_notice', 'telehealth_consent', 'data_sharing')),
    version         integer NOT NULL,
    title           text NOT NULL,
    body            text NOT NULL,
    is_withdrawable boolean NOT NULL,
    published_at    timestamptz NOT NULL,
    CONSTRAINT consent_texts_pk PRIMARY KEY (kind, version)
);

-- Who agreed to which version or took it back, when and how: only ever added.
CREATE TABLE patients.consents (
    id           uuid PRIMARY KEY,
    patient_id   uuid NOT NULL CONSTRAINT consents_patient REFERENCES patients.patients DEFERRABLE INITIALLY DEFERRED,
    kind         text NOT NULL,
    text_version integer NOT NULL,
    step         text NOT NULL CONSTRAINT consents_step CHECK (step IN ('accepted', 'withdrawn')),
    at           timestamptz NOT NULL,
    account_id   uuid NOT NULL,
    channel      text NOT NULL,
    address_hash bytea,
    CONSTRAINT consents_text FOREIGN KEY (kind, text_version) REFERENCES patients.consent_texts DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX consents_patient_kind ON patients.consents (patient_id, kind, at DESC, id DESC);

CREATE FUNCTION patients.only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of % are only ever added.', TG_TABLE_NAME;
END $$;
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON patients.consents FOR EACH ROW EXECUTE FUNCTION patients.only_added();
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON patients.consent_texts FOR EACH ROW EXECUTE FUNCTION patients.only_added();

INSERT INTO patients.consent_texts (kind, version, title, body, is_withdrawable, published_at) VALUES
    ('privacy_notice', 1, 'How this practice uses your data',
     'We keep what you tell us, what our staff write about your care, and who opened your record and when. We use it to treat you, to run the practice and because the law asks us to keep records. Only those who care for you open what is clinical; you see who did in your access log. You may have a copy of everything, have mistakes corrected, restrict its use, and ask for its erasure; what the law makes us keep then stays without your name.',
     false, timestamptz '2026-01-01 00:00Z'),
    ('telehealth_consent', 1, 'Care at a distance',
     'A visit by video, sound or chat is not the same as one in person: the doctor cannot examine you by hand, and lines fail. The doctor may ask you to come or to see somebody near you. In an emergency call the emergency number of the place where you are. You may end a visit at any time and may withdraw this consent for visits to come.',
     true, timestamptz '2026-01-01 00:00Z'),
    ('data_sharing', 1, 'Opening your record to others',
     'You allow us to open your record to people whom you name, for as long as you say. You may withdraw this at any time: whoever had access by your grant loses it at once. What they read until then cannot be unread.',
     true, timestamptz '2026-01-01 00:00Z');
