-- What was taken in. The content lies in the store under a random name (blob), encrypted with a key of its own, which is sealed here: without the row the bytes
-- are noise. A row is unattached until something holds it, released once that lets it go, destroyed when its key is gone.
CREATE TABLE files.files (
    id           uuid PRIMARY KEY,
    blob         text NOT NULL CONSTRAINT files_blob UNIQUE,
    key          bytea,
    purpose      text NOT NULL CONSTRAINT files_purpose CHECK (purpose IN ('medical_document', 'picture', 'credential_paper')),
    media_type   text NOT NULL,
    size         bigint NOT NULL CONSTRAINT files_size CHECK (size > 0),
    sha256       text NOT NULL,
    person_id    uuid NOT NULL,
    clinic_id    uuid,
    created_at   timestamptz NOT NULL,
    attached_at  timestamptz,
    released_at  timestamptz,
    keep_until   timestamptz,
    destroyed_at timestamptz,
    scan_status  text NOT NULL CONSTRAINT files_scan_status CHECK (scan_status IN ('not_scanned', 'pending', 'clean', 'infected', 'failed')),
    scanned_at   timestamptz,
    finding      text,
    work_due_at  timestamptz,
    work_tries   integer NOT NULL,
    CONSTRAINT files_keyed CHECK ((key IS NULL) = (destroyed_at IS NOT NULL))
);
CREATE INDEX files_person ON files.files (person_id) WHERE released_at IS NULL;
CREATE INDEX files_clinic ON files.files (clinic_id) WHERE released_at IS NULL AND clinic_id IS NOT NULL;
CREATE INDEX files_unattached ON files.files (created_at) WHERE attached_at IS NULL AND released_at IS NULL;
CREATE INDEX files_released ON files.files (keep_until) WHERE released_at IS NOT NULL AND destroyed_at IS NULL;
CREATE INDEX files_work ON files.files (work_due_at) WHERE work_due_at IS NOT NULL;

-- Smaller copies of pictures, each with a key of its own.
CREATE TABLE files.copies (
    id         uuid PRIMARY KEY,
    file_id    uuid NOT NULL CONSTRAINT copies_file REFERENCES files.files (id) DEFERRABLE INITIALLY DEFERRED,
    copy       text NOT NULL CONSTRAINT copies_copy CHECK (copy IN ('screen', 'thumbnail')),
    blob       text NOT NULL CONSTRAINT copies_blob UNIQUE,
    key        bytea NOT NULL,
    media_type text NOT NULL,
    size       bigint NOT NULL,
    sha256     text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT copies_one UNIQUE (file_id, copy)
);

-- Files that come in pieces. Offer: name and declared type, sealed. Each piece is a blob of its own under the partial file's key.
CREATE TABLE files.partials (
    id         uuid PRIMARY KEY,
    offer      bytea NOT NULL,
    key        bytea NOT NULL,
    length     bigint NOT NULL,
    received   bigint NOT NULL,
    person_id  uuid NOT NULL,
    clinic_id  uuid,
    file_id    uuid,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT partials_received CHECK (received BETWEEN 0 AND length)
);
CREATE INDEX partials_person ON files.partials (person_id);
CREATE INDEX partials_expiry ON files.partials (expires_at);
CREATE TABLE files.parts (
    partial_id uuid NOT NULL CONSTRAINT parts_partial REFERENCES files.partials (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    starts_at  bigint NOT NULL,
    size       bigint NOT NULL,
    blob       text NOT NULL CONSTRAINT parts_blob UNIQUE,
    PRIMARY KEY (partial_id, starts_at)
);

-- Which store belongs to this database: a sweep of a store that bears another's name would destroy that one's files.
CREATE TABLE files.installation (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    name     uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO files.installation DEFAULT VALUES;

CREATE VIEW files.file_rows AS
    SELECT id, media_type, size, sha256, scan_status, EXISTS (SELECT FROM files.copies c WHERE c.file_id = f.id AND c.copy = 'thumbnail') AS has_thumbnail
    FROM files.files f WHERE released_at IS NULL;
