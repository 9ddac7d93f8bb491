-- What was misread of a batch, and by whom it was put right.
CREATE TABLE clinics.stock_batch_corrections (
    batch_id     uuid NOT NULL CONSTRAINT stock_batch_corrections_batch REFERENCES clinics.stock_batches (id) DEFERRABLE INITIALLY DEFERRED,
    number       text NOT NULL,
    expires_on   date,
    reason       text NOT NULL,
    corrected_by uuid NOT NULL,
    corrected_at timestamptz NOT NULL,
    CONSTRAINT stock_batch_corrections_pk PRIMARY KEY (batch_id, corrected_at)
);
CREATE TRIGGER stock_batch_corrections_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON clinics.stock_batch_corrections
    FOR EACH STATEMENT EXECUTE FUNCTION clinics.refuse_stock_change();
