-- A list of postings names each payment by its number; what a posting did to the money that is there is told with its sign: a bank that takes money back takes it, gives it
-- again where the dispute is won, and moves nothing where it is lost.
CREATE OR REPLACE VIEW payments.posting_facts AS
    SELECT t.id, t.kind, t.at, t.currency, t.amount, t.payment_id, p.kind AS payable, p.subject_id, p.method, p.gateway, p.doctor_id, p.clinic_id, p.patient_id,
        p.discount_amount, p.tax_amount, p.number,
        CASE WHEN t.kind = 'payment' OR (t.kind = 'chargeback' AND t.key LIKE '%:won') THEN t.amount
            WHEN t.kind = 'refund' OR (t.kind = 'chargeback' AND t.key NOT LIKE '%:lost') THEN -t.amount ELSE 0 END AS effect
    FROM payments.postings t JOIN payments.payments p ON p.id = t.payment_id;
