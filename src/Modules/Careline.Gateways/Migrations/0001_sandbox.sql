-- What the sandbox plays in the gateways' place (Development only), so that every host and every start finds it again. No money, no card.
CREATE TABLE gateways.sandbox_orders (
    id           uuid PRIMARY KEY,
    gateway      text NOT NULL,
    order_id     text NOT NULL,
    reference    text NOT NULL,
    amount_minor bigint NOT NULL CONSTRAINT sandbox_orders_amount CHECK (amount_minor > 0),
    currency     text NOT NULL,
    description  text NOT NULL,
    return_url   text,
    saves_method boolean NOT NULL,
    webhooks     text NOT NULL,
    sent         text NOT NULL,
    created_at   timestamptz NOT NULL,
    CONSTRAINT sandbox_orders_name UNIQUE (gateway, order_id),
    CONSTRAINT sandbox_orders_reference UNIQUE (gateway, reference)
);

CREATE TABLE gateways.sandbox_payments (
    id           uuid PRIMARY KEY,
    order_key    uuid NOT NULL CONSTRAINT sandbox_payments_order REFERENCES gateways.sandbox_orders (id) DEFERRABLE INITIALLY DEFERRED,
    payment_id   text NOT NULL CONSTRAINT sandbox_payments_name UNIQUE,
    status       text NOT NULL,
    code         text,
    saved_token  text,
    created_at   timestamptz NOT NULL
);
CREATE INDEX sandbox_payments_order_key ON gateways.sandbox_payments (order_key);

CREATE TABLE gateways.sandbox_refunds (
    id           uuid PRIMARY KEY,
    order_key    uuid NOT NULL CONSTRAINT sandbox_refunds_order REFERENCES gateways.sandbox_orders (id) DEFERRABLE INITIALLY DEFERRED,
    payment_id   text NOT NULL,
    refund_id    text NOT NULL CONSTRAINT sandbox_refunds_name UNIQUE,
    token        text NOT NULL,
    amount_minor bigint NOT NULL,
    fails        boolean NOT NULL,
    settles_at   timestamptz NOT NULL,
    created_at   timestamptz NOT NULL
);
CREATE INDEX sandbox_refunds_order_key ON gateways.sandbox_refunds (order_key);

CREATE TABLE gateways.sandbox_disputes (
    id           uuid PRIMARY KEY,
    order_key    uuid NOT NULL CONSTRAINT sandbox_disputes_order REFERENCES gateways.sandbox_orders (id) DEFERRABLE INITIALLY DEFERRED,
    payment_id   text NOT NULL,
    dispute_id   text NOT NULL CONSTRAINT sandbox_disputes_name UNIQUE,
    status       text NOT NULL,
    due_at       timestamptz NOT NULL,
    created_at   timestamptz NOT NULL
);
CREATE INDEX sandbox_disputes_order_key ON gateways.sandbox_disputes (order_key);

-- Webhooks on their way: signed when they leave, since some signatures serve for minutes only.
CREATE TABLE gateways.sandbox_deliveries (
    id           uuid PRIMARY KEY,
    gateway      text NOT NULL,
    event_id     text NOT NULL,
    body         text NOT NULL,
    due_at       timestamptz NOT NULL,
    tries        integer NOT NULL,
    delivered_at timestamptz
);
CREATE INDEX sandbox_deliveries_due ON gateways.sandbox_deliveries (due_at) WHERE delivered_at IS NULL;
