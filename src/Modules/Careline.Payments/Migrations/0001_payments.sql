-- What somebody owes, and how it is paid. What it costs is frozen when it begins.
CREATE SEQUENCE payments.payment_numbers;

CREATE TABLE payments.payments (
    id                uuid PRIMARY KEY,
    number            text NOT NULL DEFAULT 'PAY-' || to_char(nextval('payments.payment_numbers'), 'FM999999999000000') CONSTRAINT payments_number UNIQUE,
    kind              text NOT NULL,
    subject_id        uuid NOT NULL,
    description       text NOT NULL,
    payer_account_id  uuid CONSTRAINT payments_payer REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    patient_id        uuid CONSTRAINT payments_patient REFERENCES patients.patients (id) DEFERRABLE INITIALLY DEFERRED,
    doctor_id         uuid CONSTRAINT payments_doctor REFERENCES doctors.doctors (id) DEFERRABLE INITIALLY DEFERRED,
    clinic_id         uuid CONSTRAINT payments_clinic REFERENCES clinics.clinics (id) DEFERRABLE INITIALLY DEFERRED,
    method            text NOT NULL,
    gateway           text NOT NULL,
    list_amount       bigint NOT NULL,
    discount_amount   bigint NOT NULL,
    tax_amount        bigint NOT NULL,
    amount            bigint NOT NULL,
    currency          text NOT NULL,
    tax_percent       numeric NOT NULL,
    doctor_percent    numeric NOT NULL,
    platform_percent  numeric NOT NULL,
    coupon_id         uuid,
    save_method       boolean NOT NULL,
    status            text NOT NULL,
    failure_code      text,
    link_hash         bytea CONSTRAINT payments_link UNIQUE,
    note              text,
    received_by       uuid CONSTRAINT payments_received_by REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    captured_attempt  uuid,
    captured_at       timestamptz,
    cancelled_at      timestamptz,
    expires_at        timestamptz,
    created_by        uuid,
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    version           integer NOT NULL,
    CONSTRAINT payments_amounts CHECK (list_amount >= 0 AND discount_amount BETWEEN 0 AND list_amount AND tax_amount >= 0 AND amount = list_amount - discount_amount + tax_amount),
    CONSTRAINT payments_currency CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT payments_percents CHECK (tax_percent BETWEEN 0 AND 100 AND doctor_percent >= 0 AND platform_percent >= 0 AND doctor_percent + platform_percent <= 100)
);
-- One thing is paid for once at a time: what is open or paid bars another; what was given back whole, or called off, does not.
CREATE UNIQUE INDEX payments_one_of_subject ON payments.payments (kind, subject_id)
    WHERE kind <> 'consultation' AND status IN ('pending', 'processing', 'failed', 'completed', 'partially_refunded');
CREATE INDEX payments_by_subject ON payments.payments (subject_id, id DESC);
CREATE INDEX payments_by_payer ON payments.payments (payer_account_id, id DESC);
CREATE INDEX payments_by_patient ON payments.payments (patient_id, id DESC);
CREATE INDEX payments_by_doctor ON payments.payments (doctor_id, id DESC);
CREATE INDEX payments_by_clinic ON payments.payments (clinic_id, id DESC);
CREATE INDEX payments_open ON payments.payments (expires_at) WHERE status IN ('pending', 'processing', 'failed');
CREATE INDEX payments_captured ON payments.payments (captured_at);

-- Each try to pay at a gateway, under a reference of its own.
CREATE TABLE payments.attempts (
    id                 uuid PRIMARY KEY,
    payment_id         uuid NOT NULL CONSTRAINT attempts_payment REFERENCES payments.payments (id) DEFERRABLE INITIALLY DEFERRED,
    gateway            text NOT NULL,
    reference          text NOT NULL CONSTRAINT attempts_reference UNIQUE,
    order_id           text,
    gateway_payment_id text,
    state              text NOT NULL,
    saved_method_id    uuid,
    checkout_sealed    bytea,
    claimed_until      timestamptz,
    ask_at             timestamptz,
    asks               integer NOT NULL,
    created_at         timestamptz NOT NULL,
    ended_at           timestamptz,
    version            integer NOT NULL
);
CREATE INDEX attempts_by_payment ON payments.attempts (payment_id);
CREATE UNIQUE INDEX attempts_order ON payments.attempts (gateway, order_id) WHERE order_id IS NOT NULL;
CREATE UNIQUE INDEX attempts_gateway_payment ON payments.attempts (gateway, gateway_payment_id) WHERE gateway_payment_id IS NOT NULL;
CREATE INDEX attempts_to_ask ON payments.attempts (ask_at) WHERE ask_at IS NOT NULL;

-- The ledger: each fact one posting, each posting entries that balance. Nothing here is ever changed.
CREATE TABLE payments.postings (
    id         uuid PRIMARY KEY,
    key        text NOT NULL CONSTRAINT postings_key UNIQUE,
    kind       text NOT NULL,
    payment_id uuid CONSTRAINT postings_payment REFERENCES payments.payments (id) DEFERRABLE INITIALLY DEFERRED,
    currency   text NOT NULL,
    amount     bigint NOT NULL CONSTRAINT postings_amount CHECK (amount > 0),
    posted_by  uuid,
    at         timestamptz NOT NULL
);
CREATE INDEX postings_by_payment ON payments.postings (payment_id, id);
CREATE INDEX postings_by_time ON payments.postings (at);

CREATE TABLE payments.entries (
    id         uuid PRIMARY KEY,
    posting_id uuid NOT NULL CONSTRAINT entries_posting REFERENCES payments.postings (id) DEFERRABLE INITIALLY DEFERRED,
    account    text NOT NULL,
    currency   text NOT NULL,
    debit      bigint NOT NULL,
    credit     bigint NOT NULL,
    CONSTRAINT entries_one_side CHECK (debit >= 0 AND credit >= 0 AND (debit = 0) <> (credit = 0))
);
CREATE INDEX entries_by_posting ON payments.entries (posting_id);
CREATE INDEX entries_by_account ON payments.entries (account, currency) INCLUDE (debit, credit);

CREATE FUNCTION payments.check_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_posting uuid := CASE TG_TABLE_NAME WHEN 'postings' THEN NEW.id ELSE (to_jsonb(NEW) ->> 'posting_id')::uuid END;
BEGIN
    IF NOT EXISTS (
        SELECT FROM payments.postings p JOIN payments.entries e ON e.posting_id = p.id WHERE p.id = of_posting
        GROUP BY p.id HAVING sum(e.debit) = sum(e.credit) AND sum(e.debit) >= p.amount AND bool_and(e.currency = p.currency)) THEN
        RAISE EXCEPTION 'Posting % does not balance.', of_posting USING ERRCODE = 'check_violation', CONSTRAINT = 'postings_balance';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER postings_balance AFTER INSERT ON payments.postings DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments.check_balance();
CREATE CONSTRAINT TRIGGER entries_balance AFTER INSERT ON payments.entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments.check_balance();

CREATE FUNCTION payments.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What was posted is never changed: post its reversal.' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER postings_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON payments.postings FOR EACH STATEMENT EXECUTE FUNCTION payments.refuse_change();
CREATE TRIGGER entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON payments.entries FOR EACH STATEMENT EXECUTE FUNCTION payments.refuse_change();

-- Money given back. The gateway is told outside of any transaction, under the row's own id.
CREATE TABLE payments.refunds (
    id                uuid PRIMARY KEY,
    payment_id        uuid NOT NULL CONSTRAINT refunds_payment REFERENCES payments.payments (id) DEFERRABLE INITIALLY DEFERRED,
    attempt_id        uuid CONSTRAINT refunds_attempt REFERENCES payments.attempts (id) DEFERRABLE INITIALLY DEFERRED,
    gateway           text NOT NULL,
    gateway_payment_id text,
    gateway_refund_id text,
    amount            bigint NOT NULL CONSTRAINT refunds_amount CHECK (amount > 0),
    currency          text NOT NULL,
    reason            text NOT NULL,
    note              text,
    status            text NOT NULL,
    failure_code      text,
    is_surplus        boolean NOT NULL,
    requested_by      uuid,
    requested_at      timestamptz NOT NULL,
    completed_at      timestamptz,
    try_at            timestamptz,
    tries             integer NOT NULL,
    version           integer NOT NULL
);
CREATE INDEX refunds_by_payment ON payments.refunds (payment_id, id);
CREATE UNIQUE INDEX refunds_gateway_refund ON payments.refunds (gateway, gateway_refund_id) WHERE gateway_refund_id IS NOT NULL;
CREATE INDEX refunds_to_try ON payments.refunds (try_at) WHERE try_at IS NOT NULL;

-- The payer's bank wants the money back.
CREATE TABLE payments.disputes (
    id                 uuid PRIMARY KEY,
    payment_id         uuid NOT NULL CONSTRAINT disputes_payment REFERENCES payments.payments (id) DEFERRABLE INITIALLY DEFERRED,
    attempt_id         uuid NOT NULL CONSTRAINT disputes_attempt REFERENCES payments.attempts (id) DEFERRABLE INITIALLY DEFERRED,
    gateway            text NOT NULL,
    gateway_dispute_id text NOT NULL,
    amount             bigint NOT NULL,
    currency           text NOT NULL,
    reason_code        text,
    status             text NOT NULL,
    due_at             timestamptz,
    evidence_sealed    bytea,
    answered_by        uuid,
    answered_at        timestamptz,
    opened_at          timestamptz NOT NULL,
    closed_at          timestamptz,
    version            integer NOT NULL,
    CONSTRAINT disputes_gateway_dispute UNIQUE (gateway, gateway_dispute_id)
);
CREATE INDEX disputes_by_payment ON payments.disputes (payment_id);
CREATE INDEX disputes_by_time ON payments.disputes (opened_at DESC, id DESC);

-- Reductions that people bring.
CREATE TABLE payments.coupons (
    id               uuid PRIMARY KEY,
    code             text NOT NULL,
    description      text,
    kind             text NOT NULL,
    percent          numeric,
    amount           bigint,
    currency         text,
    most_discount    bigint,
    least_amount     bigint,
    starts_at        timestamptz NOT NULL,
    ends_at          timestamptz,
    most_uses        integer,
    most_uses_each   integer,
    first_visit_only boolean NOT NULL,
    doctor_ids       uuid[] NOT NULL,
    clinic_id        uuid CONSTRAINT coupons_clinic REFERENCES clinics.clinics (id) DEFERRABLE INITIALLY DEFERRED,
    uses             integer NOT NULL,
    is_active        boolean NOT NULL,
    created_by       uuid NOT NULL,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    version          integer NOT NULL,
    CONSTRAINT coupons_uses CHECK (uses >= 0 AND (most_uses IS NULL OR uses <= most_uses)),
    CONSTRAINT coupons_worth CHECK ((kind = 'percentage') = (percent IS NOT NULL) AND (kind = 'fixed_amount') = (amount IS NOT NULL AND currency IS NOT NULL))
);
CREATE UNIQUE INDEX coupons_code ON payments.coupons (upper(code));

CREATE TABLE payments.coupon_uses (
    id         uuid PRIMARY KEY,
    coupon_id  uuid NOT NULL CONSTRAINT coupon_uses_coupon REFERENCES payments.coupons (id) DEFERRABLE INITIALLY DEFERRED,
    payment_id uuid NOT NULL CONSTRAINT coupon_uses_payment UNIQUE REFERENCES payments.payments (id) DEFERRABLE INITIALLY DEFERRED,
    account_id uuid NOT NULL,
    discount   bigint NOT NULL,
    used_at    timestamptz NOT NULL,
    freed_at   timestamptz
);
CREATE INDEX coupon_uses_by_coupon ON payments.coupon_uses (coupon_id, account_id);

-- Ways to pay that a gateway keeps for somebody: its token, and what a person knows it by.
CREATE TABLE payments.saved_methods (
    id           uuid PRIMARY KEY,
    account_id   uuid NOT NULL CONSTRAINT saved_methods_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    gateway      text NOT NULL,
    token_sealed bytea NOT NULL,
    token_hash   bytea NOT NULL,
    brand        text,
    last4        text CONSTRAINT saved_methods_last4 CHECK (last4 ~ '^[0-9]{4}$'),
    expiry_month integer,
    expiry_year  integer,
    is_default   boolean NOT NULL,
    created_at   timestamptz NOT NULL,
    CONSTRAINT saved_methods_token UNIQUE (account_id, gateway, token_hash)
);

-- What came to the webhooks, before anything was made of it.
CREATE TABLE payments.webhooks (
    id           uuid PRIMARY KEY,
    gateway      text NOT NULL,
    delivery_key text NOT NULL,
    event        text NOT NULL,
    body_hash    bytea NOT NULL,
    facts_sealed bytea NOT NULL,
    received_at  timestamptz NOT NULL,
    CONSTRAINT webhooks_delivery UNIQUE (gateway, delivery_key)
);
CREATE INDEX webhooks_by_time ON payments.webhooks (received_at);

-- What a gateway says and we do not: somebody has to look.
CREATE TABLE payments.discrepancies (
    id          uuid PRIMARY KEY,
    key         text NOT NULL CONSTRAINT discrepancies_key UNIQUE,
    kind        text NOT NULL,
    gateway     text NOT NULL,
    payment_id  uuid CONSTRAINT discrepancies_payment REFERENCES payments.payments (id) DEFERRABLE INITIALLY DEFERRED,
    expected    text,
    told        text,
    found_at    timestamptz NOT NULL,
    resolved_at timestamptz,
    resolved_by uuid,
    note        text,
    version     integer NOT NULL
);
CREATE INDEX discrepancies_by_time ON payments.discrepancies (found_at DESC, id DESC);
CREATE INDEX discrepancies_by_payment ON payments.discrepancies (payment_id);

-- What a clinic takes and gives; without a row the platform's settings hold.
CREATE TABLE payments.clinic_terms (
    id               uuid PRIMARY KEY CONSTRAINT clinic_terms_clinic REFERENCES clinics.clinics (id) DEFERRABLE INITIALLY DEFERRED,
    tax_percent      numeric NOT NULL,
    doctor_percent   numeric NOT NULL,
    platform_percent numeric NOT NULL,
    gateways         text[] NOT NULL,
    invoice_prefix   text NOT NULL,
    tax_number       text,
    updated_at       timestamptz NOT NULL,
    version          integer NOT NULL,
    CONSTRAINT clinic_terms_percents CHECK (tax_percent BETWEEN 0 AND 100 AND doctor_percent >= 0 AND platform_percent >= 0 AND doctor_percent + platform_percent <= 100)
);

-- Papers: numbers without a gap per clinic and year, content as it was.
CREATE TABLE payments.invoice_counters (
    series text PRIMARY KEY,
    last   integer NOT NULL
);

CREATE TABLE payments.invoices (
    id               uuid PRIMARY KEY,
    number           text NOT NULL CONSTRAINT invoices_number UNIQUE,
    kind             text NOT NULL,
    payment_id       uuid NOT NULL CONSTRAINT invoices_payment REFERENCES payments.payments (id) DEFERRABLE INITIALLY DEFERRED,
    refund_id        uuid CONSTRAINT invoices_refund UNIQUE REFERENCES payments.refunds (id) DEFERRABLE INITIALLY DEFERRED,
    payer_account_id uuid,
    patient_id       uuid,
    doctor_id        uuid,
    clinic_id        uuid,
    amount           bigint NOT NULL,
    currency         text NOT NULL,
    content_sealed   bytea NOT NULL,
    content_hash     bytea NOT NULL,
    issued_at        timestamptz NOT NULL
);
CREATE INDEX invoices_by_payment ON payments.invoices (payment_id);
CREATE INDEX invoices_by_payer ON payments.invoices (payer_account_id, id DESC);
CREATE TRIGGER invoices_stay BEFORE DELETE OR TRUNCATE ON payments.invoices FOR EACH STATEMENT EXECUTE FUNCTION payments.refuse_change();

-- As modules above join it.
CREATE VIEW payments.payment_rows AS
    SELECT id, number, kind, subject_id, status, amount, currency, captured_at FROM payments.payments;
