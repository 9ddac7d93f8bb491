-- A document of a patient's record: what it is called and who may see it. Its content is a file of the Files module; each change of content is a
-- version, the newest of which the row itself names, so that a list needs no look at the others.
CREATE TABLE records.medical_files (
    id              uuid PRIMARY KEY,
    patient_id      uuid NOT NULL CONSTRAINT medical_files_patient REFERENCES patients.patients (id) DEFERRABLE INITIALLY DEFERRED,
    file_id         uuid NOT NULL CONSTRAINT medical_files_file REFERENCES files.files (id) DEFERRABLE INITIALLY DEFERRED,
    file_name       text NOT NULL,
    kind            text NOT NULL,
    title           text,
    description     text,
    is_private      boolean NOT NULL,
    uploaded_by     uuid NOT NULL CONSTRAINT medical_files_uploaded_by REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    is_by_clinician boolean NOT NULL,
    content_version integer NOT NULL CONSTRAINT medical_files_content_version CHECK (content_version > 0),
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    removed_at      timestamptz,
    removed_by      uuid,
    version         integer NOT NULL,
    search_text     text NOT NULL GENERATED ALWAYS AS (coalesce(title, '') || ' ' || coalesce(description, '') || ' ' || file_name) STORED,
    CONSTRAINT medical_files_kind CHECK (kind IN ('lab_report', 'prescription', 'diagnosis', 'vaccination', 'surgery', 'allergy', 'id_proof',
        'address_proof', 'insurance_card', 'medical_report', 'medical_image', 'image', 'document', 'xray', 'scan', 'insurance', 'medical_test', 'other'))
);
CREATE INDEX medical_files_by_patient ON records.medical_files (patient_id, created_at DESC, id DESC);
CREATE INDEX medical_files_by_uploader ON records.medical_files (uploaded_by, created_at DESC, id DESC);
CREATE INDEX medical_files_by_file ON records.medical_files (file_id);
CREATE INDEX medical_files_search ON records.medical_files USING gin (search_text gin_trgm_ops);

CREATE TABLE records.medical_file_versions (
    medical_file_id uuid NOT NULL CONSTRAINT medical_file_versions_of REFERENCES records.medical_files (id) DEFERRABLE INITIALLY DEFERRED,
    number          integer NOT NULL,
    file_id         uuid NOT NULL CONSTRAINT medical_file_versions_file REFERENCES files.files (id) DEFERRABLE INITIALLY DEFERRED,
    file_name       text NOT NULL,
    uploaded_by     uuid NOT NULL CONSTRAINT medical_file_versions_uploaded_by REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    created_at      timestamptz NOT NULL,
    CONSTRAINT medical_file_versions_pk PRIMARY KEY (medical_file_id, number)
);
CREATE INDEX medical_file_versions_by_file ON records.medical_file_versions (file_id);

-- To whom a document was opened beside those in care: one of a person, a clinic, a role in care, or whoever has a link.
CREATE TABLE records.shares (
    id              uuid PRIMARY KEY,
    medical_file_id uuid NOT NULL CONSTRAINT shares_medical_file REFERENCES records.medical_files (id) DEFERRABLE INITIALLY DEFERRED,
    account_id      uuid CONSTRAINT shares_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    clinic_id       uuid CONSTRAINT shares_clinic REFERENCES clinics.clinics (id) DEFERRABLE INITIALLY DEFERRED,
    care_role       text CONSTRAINT shares_care_role CHECK (care_role IN ('doctor', 'nurse')),
    token_hash      bytea CONSTRAINT shares_token UNIQUE,
    code_hash       bytea,
    code_tries      integer NOT NULL,
    max_downloads   integer CONSTRAINT shares_max_downloads CHECK (max_downloads > 0),
    downloads       integer NOT NULL,
    last_opened_at  timestamptz,
    shared_by       uuid NOT NULL CONSTRAINT shares_shared_by REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    created_at      timestamptz NOT NULL,
    expires_at      timestamptz,
    ended_at        timestamptz,
    CONSTRAINT shares_one_reader CHECK (num_nonnulls(account_id, clinic_id, care_role, token_hash) = 1),
    CONSTRAINT shares_downloads CHECK (max_downloads IS NULL OR downloads <= max_downloads)
);
CREATE INDEX shares_by_medical_file ON records.shares (medical_file_id);
CREATE INDEX shares_by_account ON records.shares (account_id) WHERE account_id IS NOT NULL AND ended_at IS NULL;
CREATE INDEX shares_by_clinic ON records.shares (clinic_id) WHERE clinic_id IS NOT NULL AND ended_at IS NULL;
CREATE INDEX shares_by_care_role ON records.shares (care_role) WHERE care_role IS NOT NULL AND ended_at IS NULL;

-- What a file that comes in pieces will be, once it has come. Title and description are sealed, since this waits and is mostly forgotten.
CREATE TABLE records.pending_uploads (
    partial_id uuid PRIMARY KEY,
    account_id uuid NOT NULL CONSTRAINT pending_uploads_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    patient_id uuid NOT NULL CONSTRAINT pending_uploads_patient REFERENCES patients.patients (id) DEFERRABLE INITIALLY DEFERRED,
    about      bytea NOT NULL,
    medical_file_id uuid CONSTRAINT pending_uploads_medical_file REFERENCES records.medical_files (id) DEFERRABLE INITIALLY DEFERRED,
    expires_at timestamptz NOT NULL
);
CREATE INDEX pending_uploads_expiry ON records.pending_uploads (expires_at);
