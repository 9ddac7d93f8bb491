-- Of which batches of a pharmacy's stock something was handed out.
CREATE TABLE prescriptions.dispensed_batches (
    dispense_id uuid NOT NULL CONSTRAINT dispensed_batches_dispense REFERENCES prescriptions.dispenses (id) DEFERRABLE INITIALLY DEFERRED,
    batch_id    uuid NOT NULL CONSTRAINT dispensed_batches_batch REFERENCES clinics.stock_batches (id) DEFERRABLE INITIALLY DEFERRED,
    number      text NOT NULL,
    expires_on  date,
    quantity    bigint NOT NULL CONSTRAINT dispensed_batches_quantity CHECK (quantity > 0),
    CONSTRAINT dispensed_batches_pk PRIMARY KEY (dispense_id, batch_id)
);
CREATE INDEX dispensed_batches_by_batch ON prescriptions.dispensed_batches (batch_id);
