-- What the ledger took in and gave back, as figures count it.
CREATE VIEW payments.posting_facts AS
    SELECT t.id, t.kind, t.at, t.currency, t.amount, t.payment_id, p.kind AS payable, p.subject_id, p.method, p.gateway, p.doctor_id, p.clinic_id, p.patient_id,
        p.discount_amount, p.tax_amount
    FROM payments.postings t JOIN payments.payments p ON p.id = t.payment_id;
