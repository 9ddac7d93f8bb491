-- From another system's tables, lying in the public schema, into Careline's. Ids are made from the source's numbers and, like the
-- product's own of version 7, begin with a time: each thing was made a second after the one before.
--
-- The doctor list knows free days of the next years only; these times lie further ahead, so there are none.
-- Careline refuses to promise a patient to two doctors at one time; the source does not mind. Therefore, of appointments that a patient has
-- at the same moment all but the first are loaded as completed, and every second doctor's calendar is moved to days of its own, from 2030-02-01 on,
-- so that whichever patient asks can be booked at any of these doctors.
SET synchronous_commit = off;
SET client_min_messages = warning;

CREATE FUNCTION public.uuid_of(kind integer, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex(x'019000000000'::bigint + 1000 * number), 12, '0') || '700' || kind || '8000' || lpad(to_hex(number), 12, '0'))::uuid
$$;
-- Patients come after the doctors in the source. Their accounts are counted from 1, so that `tokens` knows them whatever the size of the data.
SELECT format('CREATE FUNCTION public.account_of(bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS %L',
    format('SELECT CASE WHEN $1 > %1$s THEN public.uuid_of(0, $1 - %1$s) ELSE public.uuid_of(1, $1) END', count(*)))
FROM accounts_user WHERE user_type = 'doctor' \gexec
CREATE FUNCTION public.doctor_of(bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS 'SELECT public.uuid_of(2, $1)';
CREATE FUNCTION public.patient_of(bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS 'SELECT public.uuid_of(3, $1)';
CREATE FUNCTION public.slot_of(bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS 'SELECT public.uuid_of(4, $1)';
CREATE FUNCTION public.appointment_of(bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS 'SELECT public.uuid_of(5, $1)';

-- Four moved doctors share ten days, a quarter of the clock each.
CREATE FUNCTION public.start_of(doctor bigint, day date, at time) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
    SELECT (CASE WHEN doctor % 2 = 1 THEN day + at
        ELSE day + 25 + 10 * (doctor / 8)::integer + (at - interval '9 hours') + interval '6 hours' * (doctor / 2 % 4) END) AT TIME ZONE 'UTC'
$$;

-- Constraints and indexes over what is loaded by the million are built once, afterwards, from their own definitions.
CREATE TABLE public.later AS
    SELECT 0 AS turn, format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS away,
           format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS back
    FROM pg_constraint WHERE connamespace = 'scheduling'::regnamespace AND contype = 'x';
SELECT away FROM public.later \gexec

-- One hash for everybody, of the password that the callers use (PBKDF2-HMAC-SHA512, 210,000 rounds).
INSERT INTO accounts.accounts (id, user_name, normalized_user_name, email, normalized_email, email_confirmed, phone_number, phone_number_confirmed,
    password_hash, first_name, last_name, roles, status, date_of_birth, address, preferences, patient_id, doctor_id, generation, created_at, updated_at, version)
SELECT account_of(id), username, lower(username), email, lower(email), true, phone, true,
    'AQAAAAIAAzRQAAAAEGNhcmVsaW5lIGJlbmNoIDGEqMjZfX9HOMYejBfzcO1ne8dmxOEpMhnLW0ycLTK/nQ==', first_name, last_name, ARRAY[user_type], 'active',
    date_of_birth, address, '{}', CASE WHEN user_type = 'patient' THEN patient_of(id) END, CASE WHEN user_type = 'doctor' THEN doctor_of(id) END,
    1, date_joined, date_joined, 1
FROM accounts_user ORDER BY id;

-- A sign-in for each of the first patients; `tokens` of the load driver prints what belongs to them.
INSERT INTO accounts.sessions (id, account_id, user_agent, created_at, last_seen_at, expires_at, authenticated_at)
SELECT uuid_of(8, row_number() OVER (ORDER BY id)), account_of(id), 'bench', now(), now(), timestamptz '2100-01-01 00:00Z', now()
FROM accounts_user WHERE user_type = 'patient' ORDER BY id LIMIT 10000;

INSERT INTO doctors.specializations (id, slug, name, aliases, terms, created_at, version)
SELECT uuid_of(9, row_number() OVER (ORDER BY s)), s, initcap(s), '{}', ARRAY[s], timestamptz '2029-01-01 00:00Z', 1
FROM (SELECT DISTINCT specialization AS s FROM accounts_user WHERE user_type = 'doctor') AS named
WHERE NOT EXISTS (SELECT FROM doctors.specializations k WHERE named.s = ANY (k.terms));

INSERT INTO doctors.doctors (id, account_id, first_name, last_name, license_number, specialization_ids, specializations, time_zone, languages, modalities,
    experience_years, fee_amount, fee_currency, rating, review_count, latitude, longitude, verification, verification_at, created_at, updated_at, version)
SELECT doctor_of(u.id), account_of(u.id), u.first_name, u.last_name, u.medical_license_number, ARRAY[s.id], ARRAY[s.name], 'UTC', '{en}',
    '{video,audio,chat,in_person}', u.years_experience, u.consultation_fee * 100, 'USD', u.rating, 12,
    -- The source has no places: all over a country of 1,000 km by 1,200.
    4 + 9 * mod(u.id * 7919, 10007) / 10007.0, 3 + 11 * mod(u.id * 104729, 10007) / 10007.0, 'verified', u.date_joined, u.date_joined, u.date_joined, 1
FROM accounts_user u JOIN doctors.specializations s ON u.specialization = ANY (s.terms) WHERE u.user_type = 'doctor' ORDER BY u.id;

INSERT INTO patients.patients (id, account_id, first_name, last_name, gender, date_of_birth, phone, email, address, medical_history, is_active,
    created_at, updated_at, version)
SELECT patient_of(id), account_of(id), first_name, last_name, 'unknown', date_of_birth, phone, email, address, medical_history, true,
    date_joined, date_joined, 1
FROM accounts_user WHERE user_type = 'patient' ORDER BY id;

INSERT INTO scheduling.time_slots (id, doctor_id, starts_at, ends_at, created_at, version)
SELECT slot_of(id), doctor_of(doctor_id), start_of(doctor_id, date, start_time), start_of(doctor_id, date, end_time), timestamptz '2029-01-01 00:00Z', 1
FROM appointments_timeslot ORDER BY id;

CREATE TABLE public.placed AS
SELECT a.*, start_of(s.doctor_id, s.date, s.start_time) AS starts_at, start_of(s.doctor_id, s.date, s.end_time) AS ends_at
FROM appointments_appointment a JOIN appointments_timeslot s ON s.id = a.time_slot_id;

INSERT INTO scheduling.appointments (id, doctor_id, patient_id, time_slot_id, starts_at, ends_at, time_zone, local_date, status, visit_type, modality, urgency,
    reason, fee_amount, fee_currency, created_by, created_at, updated_at, version)
SELECT appointment_of(p.id), doctor_of(p.doctor_id), patient_of(p.patient_id), slot_of(p.time_slot_id), p.starts_at, p.ends_at, 'UTC',
    (p.starts_at AT TIME ZONE 'UTC')::date,
    CASE WHEN row_number() OVER (PARTITION BY p.patient_id, p.starts_at ORDER BY p.status = 'completed', p.id) = 1 THEN p.status ELSE 'completed' END,
    'general', 'video', 'medium', p.reason, u.consultation_fee * 100, 'USD', account_of(p.patient_id), p.created_at, p.updated_at, 1
FROM public.placed p JOIN accounts_user u ON u.id = p.doctor_id ORDER BY p.id;

INSERT INTO scheduling.appointment_events (id, appointment_id, kind, from_status, to_status, to_start, actor_id, at)
SELECT uuid_of(6, h.id), appointment_of(h.appointment_id), 'booked', NULL, h.new_status, p.starts_at, account_of(h.changed_by_id), h.changed_at
FROM appointments_appointmenthistory h JOIN public.placed p ON p.id = h.appointment_id ORDER BY h.id;

INSERT INTO patients.care_relationships (patient_id, account_id, reason, source_id, starts_at, ends_at)
SELECT patient_of(patient_id), account_of(doctor_id), 'appointment', appointment_of(id), created_at, ends_at + interval '30 days'
FROM public.placed ORDER BY id;

-- Fifty rooms of two, of the first hundred patients in the order of their tokens; a room's id ends in the digits of its number.
CREATE TABLE public.talkers AS
SELECT account_of(id) AS account, ('00000000-0000-7000-8000-0000000000' || lpad(((row_number() OVER (ORDER BY id) - 1) / 2)::text, 2, '0'))::uuid AS room
FROM accounts_user WHERE user_type = 'patient' ORDER BY id LIMIT 100;

INSERT INTO messaging.chats (id, type, created_by, created_at, last_seq, revision, version)
SELECT room, 'group', min(account::text)::uuid, timestamptz '2029-01-01 00:00Z', 0, 1, 1 FROM public.talkers GROUP BY room;

INSERT INTO messaging.participants (chat_id, account_id, role, needs_care, joined_at, read_seq, delivered_seq, told_seq)
SELECT room, account, 'member', false, timestamptz '2029-01-01 00:00Z', 0, 0, 0 FROM public.talkers;

SELECT back FROM public.later \gexec
DROP TABLE public.later, public.placed, public.talkers, accounts_user, appointments_timeslot, appointments_appointment, appointments_appointmenthistory;
DROP FUNCTION public.start_of, public.account_of, public.doctor_of, public.patient_of, public.slot_of, public.appointment_of, public.uuid_of;
VACUUM (ANALYZE, FREEZE);
