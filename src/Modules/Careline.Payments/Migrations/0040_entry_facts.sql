-- What each posting of a payment moved, as figures count it. Money that nobody was owed comes and goes without being taken in.
CREATE VIEW payments.entry_facts AS
    SELECT t.id AS posting_id, t.kind, t.at, e.account, e.currency, e.debit, e.credit, p.kind AS payable, p.method, p.doctor_id, p.clinic_id
    FROM payments.postings t
    JOIN payments.payments p ON p.id = t.payment_id
    JOIN payments.entries e ON e.posting_id = t.id
    WHERE NOT EXISTS (SELECT FROM payments.entries o WHERE o.posting_id = t.id AND o.account = 'owed:' || t.payment_id::text);
