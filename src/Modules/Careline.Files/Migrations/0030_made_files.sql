-- Files that Careline itself made, such as exports: they may be empty, as a list may be.
ALTER TABLE files.files DROP CONSTRAINT files_purpose, DROP CONSTRAINT files_size,
    ADD CONSTRAINT files_purpose CHECK (purpose IN ('medical_document', 'picture', 'credential_paper', 'export')),
    ADD CONSTRAINT files_size CHECK (size > 0 OR (size = 0 AND purpose = 'export'));
