-- What goes wrong at a practice sooner or later and cannot be made to by asking: so that it is seen on the screens before it happens to somebody.
SET client_min_messages = warning;

-- A second card of hers.
INSERT INTO payments.saved_methods (id, account_id, gateway, token_sealed, token_hash, brand, last4, expiry_month, expiry_year, is_default, created_at)
SELECT gen_random_uuid(), account_id, gateway, token_sealed, '\x01', 'mastercard', '4444', 2, 2027, false, now() FROM payments.saved_methods LIMIT 1;

-- The gateway gives nothing back; nobody tries again before somebody says so.
INSERT INTO payments.refunds (id, payment_id, attempt_id, gateway, amount, currency, reason, note, status, failure_code, is_surplus, requested_at, tries, version)
SELECT gen_random_uuid(), id, captured_attempt, gateway, 250000, currency, 'patient_request', 'She waited an hour.', 'failed', code, surplus, now() - age, 6, 1
FROM payments.payments, (VALUES ('insufficient_funds', false, interval '1 day'), ('expired_or_canceled_card', true, interval '3 days')) AS f (code, surplus, age)
WHERE save_method;

-- Disputes beside the one that waits for an answer, each as banks leave them.
INSERT INTO payments.disputes (id, payment_id, attempt_id, gateway, gateway_dispute_id, amount, currency, reason_code, status, due_at, answered_at, opened_at, closed_at, version)
SELECT gen_random_uuid(), d.payment_id, d.attempt_id, d.gateway, 'seen-' || s.status, d.amount, d.currency, s.reason, s.status, d.due_at, now() - interval '2 days', now() - interval '9 days', s.closed, 2
FROM payments.disputes d, (VALUES ('unconfirmed', NULL, NULL::timestamptz), ('under_review', 'product_not_received', NULL), ('won', 'fraudulent', now()), ('lost', 'duplicate', now())) AS s (status, reason, closed);

INSERT INTO payments.discrepancies (id, key, kind, gateway, payment_id, expected, told, found_at, resolved_at, note, version)
SELECT gen_random_uuid(), 'seen-' || s.kind, s.kind, 'paystack', CASE WHEN s.expected THEN p.id END, CASE WHEN s.expected THEN p.amount || ' ' || p.currency END, s.told, now() - interval '5 hours', s.resolved, s.note, 1
FROM payments.payments p, (VALUES
    ('unknown_order', false, 'captured 1500000 NGN', NULL::timestamptz, NULL), ('amount', true, 'captured 1400050 NGN', NULL, NULL), ('currency', true, 'captured 1500000 GHS', NULL, NULL),
    ('refund_failed', true, 'refund_failed 250000 NGN', NULL, NULL), ('surplus', true, 'captured 1500000 NGN', now(), 'Given back by hand.')) AS s (kind, expected, told, resolved, note)
WHERE p.save_method;

-- Jobs that are not due again while somebody looks.
UPDATE platform.jobs SET began_at = now() - interval '2 hours', ended_at = now() - interval '2 hours', duration_ms = 30012, failure = 'TimeoutException', failures = 3, next_at = now() + interval '1 hour'
WHERE name = 'scheduling.read-outside-calendars';
UPDATE platform.jobs SET began_at = now() - interval '1 day', ended_at = now() - interval '1 day', duration_ms = 12, failure = 'IOException', failures = 1, next_at = now() + interval '1 hour'
WHERE name = 'files.sweep-store';
-- What runs out is told of at once.
UPDATE platform.jobs SET next_at = now() WHERE name IN ('doctors.watch-credentials', 'clinics.watch-stock');
INSERT INTO platform.outbox (id, handler, payload, occurred_at, due_at, tries, dead_at, failure)
SELECT gen_random_uuid(), handler, '{}', now() - interval '1 day', now(), tries, now() - interval '1 hour', failure
FROM (VALUES ('Careline.Scheduling.Paying.OnPaymentCaptured', 12, 'TimeoutException'), ('Careline.Scheduling.Paying.OnPaymentCaptured', 12, 'NpgsqlException'),
    ('Careline.Analytics.Satisfaction.OnAppointmentCompleted', 1, 'KeyNotFoundException')) AS d (handler, tries, failure);
INSERT INTO platform.messages (id, channel, status, tries, due_at, expires_at, created_at, failure)
SELECT gen_random_uuid(), channel, 'failed', tries, now(), now() + interval '1 day', now() - interval '3 hours', failure
FROM (VALUES ('email', 8, 'SmtpCommandException'), ('sms', 1, '21211')) AS m (channel, tries, failure);

-- Files that were not made, are being made, and are gone.
INSERT INTO analytics.exports (id, account_id, report_id, content, dataset, question, format, with_bom, is_scheduled, status, rows_done, rows_total, is_truncated, size, file_id, file_name, patient_ids,
    failure, claim, due_at, tries, requested_at, finished_at, expires_at, version)
SELECT gen_random_uuid(), e.account_id, e.report_id, e.content, e.dataset, e.question, s.format, false, s.status = 'failed', s.status, s.done, s.total, s.status = 'expired', NULL, NULL, NULL, '{}',
    s.failure, NULL, s.due, 1, now() - interval '1 hour', CASE WHEN s.due IS NULL THEN now() END, NULL, 1
FROM analytics.exports e, (VALUES ('failed', 'xlsx', 0, NULL::bigint, 'gave_up', NULL::timestamptz), ('failed', 'pdf', 0, NULL, 'not_allowed', NULL), ('running', 'csv', 1200, 5000, NULL, now() + interval '1 hour'),
    ('queued', 'ndjson', 0, NULL, NULL, now() + interval '1 hour'), ('expired', 'csv', 9, 9, NULL, NULL), ('cancelled', 'csv', 0, NULL, NULL, NULL)) AS s (status, format, done, total, failure, due);
