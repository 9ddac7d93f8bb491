-- What was, or is to be, transferred of what doctors and clinics are owed. What they are owed is a sum of the ledger and stands nowhere else.
CREATE TABLE payments.payouts (
    id           uuid PRIMARY KEY,
    payee_kind   text NOT NULL,
    payee_id     uuid NOT NULL,
    amount_minor bigint NOT NULL CONSTRAINT payouts_amount CHECK (amount_minor > 0),
    currency     text NOT NULL,
    until        timestamptz NOT NULL,
    status       text NOT NULL,
    reference    text,
    created_by   uuid NOT NULL,
    created_at   timestamptz NOT NULL,
    closed_by    uuid,
    closed_at    timestamptz,
    version      integer NOT NULL,
    CONSTRAINT payouts_paid CHECK ((status = 'paid') = (reference IS NOT NULL))
);
CREATE INDEX payouts_by_payee ON payments.payouts (payee_id, id DESC);
