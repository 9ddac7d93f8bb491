namespace Careline.Tests.Privacy;

/// <summary>What people are not given of what is held about them, and why. Whoever adds a line has thought about it.</summary>
internal static class Withheld
{
    public static IReadOnlyDictionary<string, string> Tables { get; } = new Dictionary<string, string>
    {
        ["accounts.refresh_tokens"] = "Hashes of credentials; the session they belong to is exported.",
        ["accounts.otp_challenges"] = "Hashes of codes that served for five minutes.",
        ["accounts.mailed_tokens"] = "Hashes of links that served for half an hour.",
        ["accounts.recovery_codes"] = "Hashes of credentials.",
        ["accounts.mfa_challenges"] = "Hashes of sign-ins that waited for their second factor.",
        ["accounts.passkey_challenges"] = "What a device was asked to sign, for five minutes.",
        ["audit.breaches"] = "People are told of a breach by its notice; the register stands open to the authority.",
        ["audit.breach_events"] = "What administrators did about a breach; people are told of it by its notice.",
        ["audit.seals"] = "An event's place and hash in the chain; the event is exported.",
        ["clinics.clinics"] = "A clinic's public address and phone.",
        ["doctors.doctor_specializations"] = "Derived from the doctor's row.",
        ["doctors.doctor_clinics"] = "Derived from the doctor's row.",
        ["doctors.credential_warnings"] = "That somebody was told of an end; the credential with its end is exported.",
        ["doctors.free_days"] = "Derived from the doctor's calendar, which everybody may read.",
        ["files.copies"] = "Smaller copies of pictures, made by us.",
        ["files.parts"] = "Where the pieces of a file on its way lie; what has come of it is exported.",
        ["sockets.tickets"] = "Hashes of credentials that served for half a minute.",
        ["notifications.vapid_keys"] = "The installation's own key.",
        ["patients.legal_holds"] = "A hold may be part of a dispute with the person.",
        ["patients.notes"] = "Staff write them for each other; a patient asks for them by a request, which a person decides.",
        ["platform.person_keys"] = "The key that opens what is exported already.",
        ["platform.idempotency_keys"] = "Copies of answers, kept for a day so that a call may be repeated.",
        ["platform.outbox"] = "Events on their way; gone once delivered.",
        ["scheduling.clinic_reminders"] = "When a clinic has its patients reminded.",
        ["scheduling.time_slots"] = "A doctor's public calendar; the patient's appointment names its time.",
        ["scheduling.schedules"] = "A doctor's public calendar.",
        ["scheduling.weekly_rules"] = "A doctor's public calendar.",
        ["scheduling.outside_busy"] = "Derived from a calendar that the doctor keeps elsewhere.",
        ["scheduling.late_notices"] = "That a delay was told; the message is exported.",
        ["scheduling.waitlist_refusals"] = "Times not to be offered again; what the person declined stands in the audit.",
        ["scheduling.waitlist_looks"] = "Doctors whose line is to be looked at.",
        ["scheduling.stale_listings"] = "Doctors whose public calendar is to be told again.",
    };

    public static IReadOnlyDictionary<string, string> Columns { get; } = new Dictionary<string, string>
    {
        ["accounts.accounts.password_hash"] = "A credential.",
        ["accounts.accounts.normalized_user_name"] = "Derived from the user name.",
        ["accounts.accounts.normalized_email"] = "Derived from the address.",
        ["accounts.accounts.generation"] = "Counts how often tokens had to die.",
        ["accounts.authenticators.secret"] = "A credential.",
        ["accounts.authenticators.last_step"] = "Keeps a code from serving twice.",
        ["accounts.authenticators.failures"] = "Keeps codes from being guessed.",
        ["accounts.passkeys.credential_id"] = "Names a key within the person's own device.",
        ["accounts.passkeys.public_key"] = "A credential.",
        ["accounts.passkeys.sign_count"] = "Shows a copied key.",
        ["accounts.sessions.step_up_tries"] = "Keeps passwords from being guessed.",
        ["accounts.invitations.hash"] = "A credential.",
        ["audit.events.session_id"] = "Given for the person's own doings; others' sessions are theirs.",
        ["audit.events.fields"] = "Given for the person's own doings; others may have written what is not for the person.",
        ["audit.events.patient_ids"] = "A list that staff read names other patients too.",
        ["audit.events.address_hash"] = "A keyed hash; of others' addresses where others acted.",
        ["consultations.consultations.private_notes"] = "The doctor's own, for nobody else.",
        ["consultations.revisions.replaced"] = "Former wording, which may hold private notes.",
        ["files.files.blob"] = "Where the bytes lie.",
        ["files.files.key"] = "Opens the bytes; who may have them is told by what holds the file.",
        ["files.files.work_due_at"] = "When the scanner is asked again.",
        ["files.files.work_tries"] = "How often it was asked.",
        ["files.partials.key"] = "Opens the pieces.",
        ["files.partials.offer"] = "What the person called a file that has not come yet; gone after a day.",
        ["patients.break_glass.reason"] = "In clear only from an earlier release; exported from the sealed one.",
        ["patients.break_glass.sealed_reason"] = "Exported as the reason that it holds.",
        ["patients.insurance.member_number_sealed"] = "Exported as the number that it holds.",
        ["patients.insurance.member_number_index"] = "A keyed hash of it.",
        ["patients.insurance.member_number_last_four"] = "Derived from it.",
        ["patients.insurance.group_number_sealed"] = "Exported as the number that it holds.",
        ["messaging.messages.body"] = "Exported as the content that it holds.",
        ["messaging.messages.words"] = "Keyed hashes of it.",
        ["messaging.message_versions.body"] = "Exported as the content that it holds.",
        ["notifications.push_subscriptions.sealed"] = "Whoever has it can write to the person's browser.",
        ["notifications.push_subscriptions.endpoint_hash"] = "A hash of it.",
        ["records.medical_files.search_text"] = "Derived from the row.",
        ["records.pending_uploads.about"] = "What is said of a file on its way; exported with the document once it has come.",
        ["records.shares.token_hash"] = "A credential.",
        ["records.shares.code_hash"] = "A credential.",
        ["records.shares.code_tries"] = "Keeps codes from being guessed.",
        ["patients.proxies.hash"] = "A credential.",
        ["scheduling.calendar_feeds.token_hash"] = "A credential.",
        ["scheduling.outside_calendars.address_sealed"] = "A credential: whoever knows the address reads the calendar.",
        ["scheduling.outside_calendars.content_hash"] = "Tells whether the calendar changed.",
        ["patients.consents.address_hash"] = "A keyed hash.",
        ["doctors.doctors.search_text"] = "Derived from the profile.",
    };

    /// <summary>Exported, but never of somebody who is nothing but a patient.</summary>
    public static IReadOnlySet<string> OfStaff { get; } =
        new HashSet<string>
        {
            "clinics.staff", "doctors.doctors", "doctors.qualifications", "doctors.presences", "scheduling.schedule_exceptions", "scheduling.outside_calendars",
            "accounts.invitations",
        };
}
