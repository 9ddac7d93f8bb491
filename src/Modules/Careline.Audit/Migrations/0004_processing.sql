-- The record of processing activities (GDPR article 30; NDPA 2023 with its directive of 2025).
CREATE TABLE audit.processing_activities (
    id                uuid PRIMARY KEY,
    name              text NOT NULL,
    purpose           text NOT NULL,
    lawful_basis      text NOT NULL,
    people_categories text[] NOT NULL,
    data_categories   text[] NOT NULL,
    recipients        text NOT NULL,
    transfers         text NOT NULL,
    retention         text NOT NULL,
    security_measures text NOT NULL,
    review_date       date,
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    removed_at        timestamptz,
    version           integer NOT NULL
);
CREATE UNIQUE INDEX processing_activities_name ON audit.processing_activities (lower(name)) WHERE removed_at IS NULL;

-- What Careline itself does as it is delivered. The law wants the practice's own words: each row waits for its first review.
INSERT INTO audit.processing_activities
    (id, name, purpose, lawful_basis, people_categories, data_categories, recipients, transfers, retention, security_measures, created_at, updated_at, version)
SELECT a.*, timestamptz '2026-01-01T00:00:00Z', timestamptz '2026-01-01T00:00:00Z', 1
FROM (VALUES
('019b7714-0000-7000-8000-000000000001'::uuid, 'Appointments',
    'Offering times, booking, moving and holding visits.',
    'Steps towards and performance of a contract with the patient (NDPA 2023, s. 25; GDPR art. 6(1)(b)); the reason for the visit as health data for the provision of care (NDPA 2023, s. 30; GDPR art. 9(2)(h)).',
    ARRAY['patients', 'doctors', 'clinic staff'], ARRAY['names', 'contact details', 'times and places of visits', 'reason for the visit', 'symptoms'],
    'The patient, the doctor, and the desk of the clinic concerned, which sees no symptoms. Nobody outside by Careline itself.',
    'None by Careline itself; see Messages.',
    'Kept with the clinical record; no job removes it. After an erasure under a pseudonym, for Patients__RetentionYears (6 unless set), marked with that date and not removed by itself.',
    'Access by role and care relationship, refusals and reads recorded, a second factor for staff.'),
('019b7714-0000-7000-8000-000000000002'::uuid, 'Consultations and prescriptions',
    'Care: the patient record, the document of a visit, measurements, diagnoses and prescriptions.',
    'Provision of care by or under the responsibility of people bound to secrecy (NDPA 2023, s. 30; GDPR art. 6(1)(b) or (e), 9(2)(h)).',
    ARRAY['patients', 'emergency contacts', 'doctors'], ARRAY['health data', 'diagnoses', 'prescriptions', 'vital signs', 'allergies', 'medical history', 'names and phones of relatives'],
    'The patient, those who care for the patient for as long as they do; in an emergency doctors and administrators who give a reason, of which the patient is told.',
    'None by Careline itself.',
    'No job removes it. After an erasure under a pseudonym, for Patients__RetentionYears (6 unless set), marked with that date and not removed by itself.',
    'Access by care relationship, every read recorded and shown to the patient, amendments instead of changes once a visit is completed. Clinical text is not encrypted field by field: encrypt the disk.'),
('019b7714-0000-7000-8000-000000000003'::uuid, 'Accounts and sign-in',
    'Knowing who is asking, and keeping others out.',
    'Contract, and legitimate interest in security (NDPA 2023, s. 25; GDPR art. 6(1)(b) and (f), 32).',
    ARRAY['patients', 'doctors', 'clinic staff', 'administrators'], ARRAY['names', 'e-mail addresses', 'phone numbers', 'hashes of passwords', 'second factors', 'sessions'],
    'The person, and administrators. Nobody outside by Careline itself.',
    'None by Careline itself; codes go by Messages.',
    'The account until it is erased. Sessions and invitations thirty days beyond their end, mailed links a day, codes by SMS thirty days.',
    'Passwords as slow salted hashes, secrets of second factors encrypted, sessions that end by themselves, bounded tries, passkeys.'),
('019b7714-0000-7000-8000-000000000004'::uuid, 'Messages by mail and SMS',
    'Confirming addresses, codes to sign in, news of visits and of one''s own data.',
    'Contract, and legal duty where the law wants people told (NDPA 2023, s. 25; GDPR art. 6(1)(b) and (c)).',
    ARRAY['patients', 'doctors', 'clinic staff', 'administrators'], ARRAY['e-mail addresses', 'phone numbers', 'text of the message'],
    'The mail server and the SMS provider that the practice sets (Delivery__Mail, Delivery__Sms): name them here, with their contracts.',
    'Depends on the provider: Twilio, Termii, Africa''s Talking and MSG91 may each work in another country. Name the country and the safeguard here. None while no provider is set.',
    'The text until it is handed over; that there was a message, and to whom, for thirty days.',
    'The text is encrypted while it waits. What providers keep is by their contract.'),
('019b7714-0000-7000-8000-000000000005'::uuid, 'Audit and registers',
    'Showing who did and saw what, finding misuse, and answering for breaches.',
    'Legal duty and legitimate interest in security (NDPA 2023, s. 25, 39 and 40; GDPR art. 6(1)(c) and (f), 30, 32, 33(5); 45 CFR 164.312(b)).',
    ARRAY['everybody with an account', 'patients'], ARRAY['ids of people and things', 'what was done, when and how it ended', 'keyed hashes of addresses'],
    'Administrators; each patient the own part; the authority where it asks.',
    'None by Careline itself.',
    'No job removes it, and the application may not: its database role may only add.',
    'Ids instead of names, each row sealed into a keyed chain whose end is noted outside the database, reads of it recorded.')
) AS a;
