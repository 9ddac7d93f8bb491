-- What people can subscribe to, who does, and the periods that were or are to be paid.
CREATE TABLE payments.plans (
    id               uuid PRIMARY KEY,
    code             text NOT NULL,
    name             text NOT NULL,
    description      text,
    amount_minor     bigint NOT NULL CONSTRAINT plans_amount CHECK (amount_minor > 0),
    currency         text NOT NULL CONSTRAINT plans_currency CHECK (currency ~ '^[A-Z]{3}$'),
    period           text NOT NULL,
    trial_days       integer NOT NULL,
    seats            integer NOT NULL CONSTRAINT plans_seats CHECK (seats > 0),
    discount_percent numeric NOT NULL CONSTRAINT plans_discount CHECK (discount_percent BETWEEN 0 AND 100),
    is_active        boolean NOT NULL,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    version          integer NOT NULL
);
CREATE UNIQUE INDEX plans_code ON payments.plans (upper(code));

CREATE SEQUENCE payments.subscription_numbers;

CREATE TABLE payments.subscriptions (
    id              uuid PRIMARY KEY,
    number          text NOT NULL DEFAULT 'SUB-' || to_char(nextval('payments.subscription_numbers'), 'FM999999999000000') CONSTRAINT subscriptions_number UNIQUE,
    account_id      uuid NOT NULL CONSTRAINT subscriptions_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    plan_id         uuid NOT NULL CONSTRAINT subscriptions_plan REFERENCES payments.plans (id) DEFERRABLE INITIALLY DEFERRED,
    next_plan_id    uuid CONSTRAINT subscriptions_next_plan REFERENCES payments.plans (id) DEFERRABLE INITIALLY DEFERRED,
    status          text NOT NULL,
    amount_minor    bigint NOT NULL,
    currency        text NOT NULL,
    period          text NOT NULL,
    seats           integer NOT NULL,
    saved_method_id uuid,
    anchor_at       timestamptz NOT NULL,
    months          integer NOT NULL,
    period_start    timestamptz,
    period_end      timestamptz NOT NULL,
    cancels_at_end  boolean NOT NULL,
    paused_at       timestamptz,
    tries           integer NOT NULL,
    next_at         timestamptz,
    ended_at        timestamptz,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    version         integer NOT NULL
);
CREATE UNIQUE INDEX subscriptions_one_live ON payments.subscriptions (account_id, plan_id) WHERE status NOT IN ('cancelled', 'expired');
CREATE INDEX subscriptions_by_account ON payments.subscriptions (account_id, id DESC);
CREATE INDEX subscriptions_due ON payments.subscriptions (next_at) WHERE next_at IS NOT NULL;

-- A period is opened once, whoever opens it, and its id is what is paid for: payments_one_of_subject lets nobody pay it twice.
CREATE TABLE payments.subscription_periods (
    id              uuid PRIMARY KEY,
    subscription_id uuid NOT NULL CONSTRAINT subscription_periods_subscription REFERENCES payments.subscriptions (id) DEFERRABLE INITIALLY DEFERRED,
    plan_id         uuid NOT NULL CONSTRAINT subscription_periods_plan REFERENCES payments.plans (id) DEFERRABLE INITIALLY DEFERRED,
    is_adjustment   boolean NOT NULL,
    starts_at       timestamptz NOT NULL,
    ends_at         timestamptz NOT NULL,
    amount_minor    bigint NOT NULL CONSTRAINT subscription_periods_amount CHECK (amount_minor > 0),
    status          text NOT NULL,
    paid_at         timestamptz,
    created_at      timestamptz NOT NULL,
    version         integer NOT NULL,
    CONSTRAINT subscription_periods_once UNIQUE (subscription_id, starts_at),
    CONSTRAINT subscription_periods_length CHECK (ends_at > starts_at)
);
