-- What a clinic keeps. What there is of a batch is the sum of its movements; the row of the batch carries that sum, and only a movement changes it.
CREATE TABLE clinics.suppliers (
    id         uuid PRIMARY KEY,
    clinic_id  uuid NOT NULL CONSTRAINT suppliers_clinic REFERENCES clinics.clinics (id) DEFERRABLE INITIALLY DEFERRED,
    name       text NOT NULL,
    contact    text,
    is_active  boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version    integer NOT NULL
);
CREATE UNIQUE INDEX suppliers_name ON clinics.suppliers (clinic_id, lower(name));

CREATE TABLE clinics.stock_items (
    id                uuid PRIMARY KEY,
    clinic_id         uuid NOT NULL CONSTRAINT stock_items_clinic REFERENCES clinics.clinics (id) DEFERRABLE INITIALLY DEFERRED,
    name              text NOT NULL,
    sku               text NOT NULL,
    barcode           text,
    unit              text NOT NULL,
    medicine_id       uuid,
    strength          text,
    form              text,
    reorder_level     bigint NOT NULL,
    reorder_quantity  bigint NOT NULL,
    sale_price_amount bigint,
    currency          text NOT NULL,
    is_active         boolean NOT NULL,
    short_told_at     timestamptz,
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    version           integer NOT NULL,
    CONSTRAINT stock_items_amounts CHECK (reorder_level >= 0 AND reorder_quantity >= 0 AND sale_price_amount >= 0)
);
CREATE UNIQUE INDEX stock_items_sku ON clinics.stock_items (clinic_id, lower(sku));
CREATE UNIQUE INDEX stock_items_barcode ON clinics.stock_items (clinic_id, barcode) WHERE barcode IS NOT NULL;
-- Which item a prescribed medicine is taken from is never a matter of chance.
CREATE UNIQUE INDEX stock_items_medicine ON clinics.stock_items
    (clinic_id, medicine_id, lower(replace(coalesce(strength, ''), ' ', '')), coalesce(form, '')) WHERE medicine_id IS NOT NULL AND is_active;
CREATE INDEX stock_items_by_name ON clinics.stock_items (clinic_id, name, id);

CREATE TABLE clinics.stock_batches (
    id           uuid PRIMARY KEY,
    clinic_id    uuid NOT NULL CONSTRAINT stock_batches_clinic REFERENCES clinics.clinics (id) DEFERRABLE INITIALLY DEFERRED,
    item_id      uuid NOT NULL CONSTRAINT stock_batches_item REFERENCES clinics.stock_items (id) DEFERRABLE INITIALLY DEFERRED,
    supplier_id  uuid CONSTRAINT stock_batches_supplier REFERENCES clinics.suppliers (id) DEFERRABLE INITIALLY DEFERRED,
    number       text NOT NULL,
    expires_on   date,
    price_amount bigint NOT NULL CONSTRAINT stock_batches_price CHECK (price_amount >= 0),
    currency     text NOT NULL,
    received_at  timestamptz NOT NULL,
    level        bigint NOT NULL DEFAULT 0 CONSTRAINT stock_batches_level CHECK (level >= 0),
    CONSTRAINT stock_batches_expiry CHECK (expires_on BETWEEN '2000-01-01' AND '2200-12-31')
);
CREATE INDEX stock_batches_by_item ON clinics.stock_batches (item_id, expires_on, id);
CREATE INDEX stock_batches_there ON clinics.stock_batches (clinic_id, expires_on, id) WHERE level > 0;
CREATE INDEX stock_batches_by_expiry ON clinics.stock_batches (expires_on) WHERE level > 0;
CREATE INDEX stock_batches_by_clinic ON clinics.stock_batches (clinic_id, id);

CREATE TABLE clinics.stock_movements (
    id           uuid PRIMARY KEY,
    clinic_id    uuid NOT NULL CONSTRAINT stock_movements_clinic REFERENCES clinics.clinics (id) DEFERRABLE INITIALLY DEFERRED,
    item_id      uuid NOT NULL CONSTRAINT stock_movements_item REFERENCES clinics.stock_items (id) DEFERRABLE INITIALLY DEFERRED,
    batch_id     uuid NOT NULL CONSTRAINT stock_movements_batch REFERENCES clinics.stock_batches (id) DEFERRABLE INITIALLY DEFERRED,
    kind         text NOT NULL,
    quantity     bigint NOT NULL,
    reason       text,
    reference_id uuid,
    moved_by     uuid NOT NULL CONSTRAINT stock_movements_by REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    at           timestamptz NOT NULL,
    CONSTRAINT stock_movements_kind CHECK (kind IN ('delivery', 'dispense', 'return', 'correction', 'count', 'write_off', 'transfer')),
    CONSTRAINT stock_movements_sign CHECK (quantity <> 0 AND (kind NOT IN ('delivery', 'return') OR quantity > 0) AND (kind NOT IN ('dispense', 'write_off') OR quantity < 0)),
    CONSTRAINT stock_movements_reason CHECK (kind NOT IN ('correction', 'count', 'write_off') OR reason IS NOT NULL)
);
-- What happened once is written once: a dispense told twice takes once.
CREATE UNIQUE INDEX stock_movements_once ON clinics.stock_movements (reference_id, batch_id, kind) WHERE reference_id IS NOT NULL;
CREATE INDEX stock_movements_by_clinic ON clinics.stock_movements (clinic_id, at DESC, id DESC);
CREATE INDEX stock_movements_by_item ON clinics.stock_movements (item_id, at DESC, id DESC);
CREATE INDEX stock_movements_by_batch ON clinics.stock_movements (batch_id, at DESC, id DESC);

-- The batch follows its movement in the same statement, and its CHECK refuses to go below nothing.
CREATE FUNCTION clinics.move_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE clinics.stock_batches SET level = level + NEW.quantity WHERE id = NEW.batch_id AND item_id = NEW.item_id AND clinic_id = NEW.clinic_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no such batch of this item.' USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'stock_movements_batch';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER move_stock AFTER INSERT ON clinics.stock_movements FOR EACH ROW EXECUTE FUNCTION clinics.move_stock();

CREATE FUNCTION clinics.refuse_stock_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What was moved stays written: write a movement that puts it right.' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER stock_movements_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON clinics.stock_movements FOR EACH STATEMENT EXECUTE FUNCTION clinics.refuse_stock_change();
CREATE TRIGGER stock_batches_stay BEFORE DELETE OR TRUNCATE ON clinics.stock_batches FOR EACH STATEMENT EXECUTE FUNCTION clinics.refuse_stock_change();

-- A level that no movement explains cannot be written, by hand or by mistake.
CREATE FUNCTION clinics.level_follows_movements() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (TG_OP = 'INSERT' AND NEW.level <> 0) OR (TG_OP = 'UPDATE' AND NEW.level <> OLD.level AND pg_trigger_depth() < 2) THEN
        RAISE EXCEPTION 'Only a movement changes what there is of a batch.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER level_follows_movements BEFORE INSERT OR UPDATE ON clinics.stock_batches FOR EACH ROW EXECUTE FUNCTION clinics.level_follows_movements();

-- What was ordered, and how much of it came.
CREATE SEQUENCE clinics.purchase_order_numbers;
CREATE TABLE clinics.purchase_orders (
    id            uuid PRIMARY KEY,
    number        text NOT NULL DEFAULT 'PO-' || to_char(nextval('clinics.purchase_order_numbers'), 'FM999999999000000') CONSTRAINT purchase_orders_number UNIQUE,
    clinic_id     uuid NOT NULL CONSTRAINT purchase_orders_clinic REFERENCES clinics.clinics (id) DEFERRABLE INITIALLY DEFERRED,
    supplier_id   uuid NOT NULL CONSTRAINT purchase_orders_supplier REFERENCES clinics.suppliers (id) DEFERRABLE INITIALLY DEFERRED,
    status        text NOT NULL CONSTRAINT purchase_orders_status CHECK (status IN ('ordered', 'partly_delivered', 'delivered', 'cancelled')),
    currency      text NOT NULL,
    expected_on   date,
    note          text,
    ordered_by    uuid NOT NULL,
    ordered_at    timestamptz NOT NULL,
    closed_at     timestamptz,
    cancel_reason text,
    version       integer NOT NULL
);
CREATE INDEX purchase_orders_by_clinic ON clinics.purchase_orders (clinic_id, id DESC);
CREATE INDEX purchase_orders_by_supplier ON clinics.purchase_orders (supplier_id, id DESC);

CREATE TABLE clinics.purchase_order_lines (
    id           uuid PRIMARY KEY,
    order_id     uuid NOT NULL CONSTRAINT purchase_order_lines_order REFERENCES clinics.purchase_orders (id) DEFERRABLE INITIALLY DEFERRED,
    item_id      uuid NOT NULL CONSTRAINT purchase_order_lines_item REFERENCES clinics.stock_items (id) DEFERRABLE INITIALLY DEFERRED,
    position     integer NOT NULL,
    quantity     bigint NOT NULL,
    delivered    bigint NOT NULL,
    price_amount bigint NOT NULL,
    CONSTRAINT purchase_order_lines_item_once UNIQUE (order_id, item_id),
    CONSTRAINT purchase_order_lines_delivered CHECK (quantity > 0 AND price_amount >= 0 AND delivered BETWEEN 0 AND quantity)
);
CREATE INDEX purchase_order_lines_by_item ON clinics.purchase_order_lines (item_id);

-- What was counted on the shelves, beside what the book said at that moment.
CREATE TABLE clinics.stock_counts (
    id         uuid PRIMARY KEY,
    clinic_id  uuid NOT NULL CONSTRAINT stock_counts_clinic REFERENCES clinics.clinics (id) DEFERRABLE INITIALLY DEFERRED,
    reason     text NOT NULL,
    counted_by uuid NOT NULL,
    counted_at timestamptz NOT NULL
);
CREATE INDEX stock_counts_by_clinic ON clinics.stock_counts (clinic_id, id DESC);

CREATE TABLE clinics.stock_count_lines (
    count_id uuid NOT NULL CONSTRAINT stock_count_lines_count REFERENCES clinics.stock_counts (id) DEFERRABLE INITIALLY DEFERRED,
    batch_id uuid NOT NULL CONSTRAINT stock_count_lines_batch REFERENCES clinics.stock_batches (id) DEFERRABLE INITIALLY DEFERRED,
    book     bigint NOT NULL,
    counted  bigint NOT NULL CONSTRAINT stock_count_lines_counted CHECK (counted >= 0),
    CONSTRAINT stock_count_lines_pk PRIMARY KEY (count_id, batch_id)
);
CREATE INDEX stock_count_lines_by_batch ON clinics.stock_count_lines (batch_id);

-- Of which end of a batch the clinic was told.
CREATE TABLE clinics.stock_expiry_warnings (
    batch_id uuid NOT NULL CONSTRAINT stock_expiry_warnings_batch REFERENCES clinics.stock_batches (id) DEFERRABLE INITIALLY DEFERRED,
    stage    integer NOT NULL,
    told_at  timestamptz NOT NULL,
    CONSTRAINT stock_expiry_warnings_pk PRIMARY KEY (batch_id, stage)
);
