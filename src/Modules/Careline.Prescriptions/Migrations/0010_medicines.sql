-- What can be prescribed, and what is in it. An entry of a release is replaced by a newer release until the site changes it.
CREATE TABLE prescriptions.medicines (
    id                   uuid PRIMARY KEY,
    name                 text NOT NULL,
    name_key             text NOT NULL,
    kind                 text NOT NULL,
    ingredients          text[] NOT NULL,
    ingredient_strengths text[] NOT NULL,
    atc_codes            text[] NOT NULL,
    forms                text[] NOT NULL,
    strengths            text[] NOT NULL,
    routes               text[] NOT NULL,
    synonyms             text[] NOT NULL,
    maker                text,
    country              text,
    source               text NOT NULL,
    origin               text NOT NULL,
    search_text          text NOT NULL,
    created_at           timestamptz NOT NULL,
    updated_at           timestamptz NOT NULL,
    removed_at           timestamptz,
    version              integer NOT NULL,
    CONSTRAINT medicines_kind CHECK (kind IN ('generic', 'brand')),
    CONSTRAINT medicines_origin CHECK (origin IN ('starter', 'site')),
    CONSTRAINT medicines_composition CHECK (cardinality(ingredients) > 0 AND cardinality(ingredients) = cardinality(ingredient_strengths))
);
-- A brand may stand for several compositions, in several countries; a generic is one thing.
CREATE UNIQUE INDEX medicines_one_generic ON prescriptions.medicines (name_key) WHERE kind = 'generic' AND removed_at IS NULL;
CREATE INDEX medicines_by_name ON prescriptions.medicines (name_key text_pattern_ops, id) WHERE removed_at IS NULL;
CREATE INDEX medicines_search ON prescriptions.medicines USING gin (search_text gin_trgm_ops) WHERE removed_at IS NULL;
CREATE INDEX medicines_by_code ON prescriptions.medicines USING gin (atc_codes);
CREATE INDEX medicines_by_form ON prescriptions.medicines USING gin (forms);
CREATE INDEX medicines_by_ingredient ON prescriptions.medicines USING gin (ingredients);

-- The names by which a medicine is recognised, as they are compared.
CREATE TABLE prescriptions.medicine_names (
    key         text NOT NULL,
    medicine_id uuid NOT NULL CONSTRAINT medicine_names_medicine REFERENCES prescriptions.medicines (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (key, medicine_id)
);
CREATE INDEX medicine_names_medicine ON prescriptions.medicine_names (medicine_id);

-- Which release of the starter set was loaded.
CREATE TABLE prescriptions.medicine_releases (
    release   text PRIMARY KEY,
    loaded_at timestamptz NOT NULL
);

-- Rules about interactions that the site brought, beside those of the release.
CREATE TABLE prescriptions.site_interactions (
    code        text PRIMARY KEY,
    a           text NOT NULL,
    b           text NOT NULL,
    severity    text NOT NULL,
    mechanism   text NOT NULL,
    advice      text NOT NULL,
    source      text NOT NULL,
    imported_at timestamptz NOT NULL,
    CONSTRAINT site_interactions_severity CHECK (severity IN ('minor', 'moderate', 'major', 'contraindicated'))
);
