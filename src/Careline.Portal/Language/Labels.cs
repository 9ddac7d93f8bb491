namespace Careline.Portal.Language;

/// <summary>The words of the API as people say them, to choose from.</summary>
public static class Labels
{
    private static readonly string[] _testCategories =
    [
        "haematology", "coagulation", "blood_bank", "biochemistry", "liver", "lipids", "diabetes", "thyroid", "hormones", "cardiac", "nutrition", "immunology", "tumour_markers", "serology",
        "microbiology", "parasitology", "urinalysis", "drug_levels", "other",
    ];

    private static readonly string[] _specimens =
        ["serum", "plasma", "whole_blood", "capillary_blood", "arterial_blood", "urine", "stool", "sputum", "swab", "cerebrospinal_fluid", "other"];

    /// <summary>How doctor and patient meet.</summary>
    public static IReadOnlyList<(string Value, string Text)> Modalities { get; } = [("video", "Video"), ("audio", "Phone call"), ("chat", "Chat"), ("in_person", "In person")];

    /// <summary>Why somebody comes.</summary>
    public static IReadOnlyList<(string Value, string Text)> VisitTypes { get; } =
        [("general", "General"), ("follow_up", "Follow-up"), ("specialist", "Specialist"), ("routine_checkup", "Routine check-up"), ("emergency", "Emergency")];

    /// <summary>How soon somebody must be seen.</summary>
    public static IReadOnlyList<(string Value, string Text)> Urgencies { get; } = [("low", "It can wait"), ("medium", "Soon"), ("high", "Today if possible"), ("emergency", "Emergency")];

    /// <summary>Sexes as a record knows them.</summary>
    public static IReadOnlyList<(string Value, string Text)> Genders { get; } = [("female", "Female"), ("male", "Male"), ("other", "Other"), ("unknown", "Not known")];

    /// <summary>Parts of a day.</summary>
    public static IReadOnlyList<(string Value, string Text)> DayParts { get; } = [("morning", "in the morning"), ("afternoon", "in the afternoon"), ("evening", "in the evening")];

    /// <summary>Days of a week, as the API writes them.</summary>
    public static IReadOnlyList<(string Value, string Text)> Weekdays { get; } =
        [("monday", "Monday"), ("tuesday", "Tuesday"), ("wednesday", "Wednesday"), ("thursday", "Thursday"), ("friday", "Friday"), ("saturday", "Saturday"), ("sunday", "Sunday")];

    /// <summary>What was done to a visit.</summary>
    public static IReadOnlyList<(string Value, string Text)> VisitEvents { get; } =
    [
        ("booked", "Booked"), ("confirmed", "Confirmed"), ("checked_in", "Checked in"), ("started", "Began"), ("completed", "Ended"), ("no_show", "Did not come"), ("cancelled", "Called off"),
        ("rescheduled", "Moved"), ("changed", "Changed"), ("hidden", "Removed from sight"), ("held", "Held"), ("requested", "Asked for"), ("accepted", "Accepted"), ("rejected", "Declined"),
        ("expired", "Ran out"), ("ready", "Prepared"), ("left", "Left"),
    ];

    /// <summary>How something is paid.</summary>
    public static IReadOnlyList<(string Value, string Text)> PaymentMethods { get; } =
        [("cash", "Cash"), ("bank_transfer", "Bank transfer"), ("card", "Card"), ("upi", "UPI"), ("net_banking", "Net banking"), ("wallet", "Wallet"), ("insurance", "Insurance"), ("other", "Other")];

    /// <summary>Roles of an account.</summary>
    public static IReadOnlyList<(string Value, string Text)> Roles { get; } =
    [
        ("patient", "Patient"), ("doctor", "Doctor"), ("nurse", "Nurse"), ("pharmacist", "Pharmacist"), ("receptionist", "Receptionist"), ("admin", "Administrator"),
        ("superadmin", "Chief administrator"),
    ];

    /// <summary>Roles at a clinic.</summary>
    public static IReadOnlyList<(string Value, string Text)> ClinicRoles { get; } =
        [("doctor", "Doctor"), ("nurse", "Nurse"), ("pharmacist", "Pharmacist"), ("receptionist", "Receptionist"), ("administrator", "Administrator")];

    /// <summary>What was decided of a doctor, a credential or a clinic.</summary>
    public static IReadOnlyList<(string Value, string Text)> Verifications { get; } = [("pending", "To verify"), ("verified", "Verified"), ("rejected", "Rejected")];

    /// <summary>Figures of dashboards and reports.</summary>
    public static IReadOnlyList<(string Value, string Text)> Figures { get; } =
    [
        ("booked", "Agreed visits"), ("upcoming", "To come"), ("waiting", "Waiting now"), ("underway", "With a doctor now"), ("completed", "Completed"), ("cancelled", "Called off"), ("missed", "Missed"),
        ("no_show_rate", "Missed, share"), ("cancellation_rate", "Called off, share"), ("completion_rate", "Completed, share"), ("punctuality", "Began on time"), ("average_wait", "Wait, mean"),
        ("average_length", "Length, mean"), ("average_lead", "Days until the next visit, mean"), ("asked", "Asked how it was"), ("answered", "Answered"), ("response_rate", "Answered, share"),
        ("csat", "Satisfied"), ("average_rating", "Rating, mean"), ("nps", "Would recommend"), ("registered_patients", "New patients"), ("registered_doctors", "New doctors"),
        ("registered_staff", "New staff"), ("active_in7_days", "Here in 7 days"), ("active_in30_days", "Here in 30 days"), ("appointments", "Visits"), ("no_shows", "Missed"), ("rejected", "Declined"),
        ("patients", "Patients"), ("booked_minutes", "Minutes agreed"), ("average_duration", "Length, mean"), ("average_delay", "Delay, mean"), ("lead_time", "Days ahead, mean"), ("payments", "Payments"),
        ("refunds", "Refunds"), ("payers", "Who paid"), ("captured", "Taken"), ("refunded", "Given back"), ("charged_back", "Taken back by banks"), ("net", "Net"), ("discounts", "Discounts"), ("taxes", "Taxes"),
        ("average_payment", "Payment, mean"), ("day", "Day"), ("week", "Week"), ("month", "Month"), ("quarter", "Quarter"), ("weekday", "Day of the week"), ("hour", "Hour"), ("doctor", "Doctor"),
        ("clinic", "Clinic"), ("specialty", "Specialty"), ("status", "Status"), ("visit_type", "Kind of visit"), ("modality", "How to meet"), ("urgency", "How soon"), ("sex", "Sex"), ("age_band", "Age"),
        ("kind", "Kind"), ("payable", "Paid for"), ("method", "How paid"), ("gateway", "Gateway"), ("currency", "Currency"),
    ];

    /// <summary>Kinds of what an installation keeps, as its statistics name them.</summary>
    public static IReadOnlyList<(string Value, string Text)> Areas { get; } =
    [
        ("accounts", "Accounts"), ("appointments", "Visits"), ("clinics", "Clinics"), ("doctors", "Doctors"), ("files", "Files"), ("prescriptions", "Prescriptions"), ("storage", "Storage"),
        ("bytes", "Size"), ("database_bytes", "Database"), ("active", "Active"), ("disabled", "Disabled"), ("checked_in", "Checked in"), ("confirmed", "Confirmed"), ("scheduled", "Booked"),
        ("in_progress", "In progress"), ("no_show", "Did not come"), ("requested", "Asked for"), ("held", "Held"), ("rejected", "Rejected"), ("expired", "Ran out"), ("open", "Open"), ("pending", "To verify"),
        ("verified", "Verified"), ("draft", "Draft"), ("superseded", "Replaced"), ("dispensed", "Handed out"),
    ];

    /// <summary>Where a visit, a prescription, an order or a request stands.</summary>
    public static IReadOnlyList<(string Value, string Text)> States { get; } =
    [
        ("requested", "Asked for"), ("held", "Time held"), ("scheduled", "Booked"), ("confirmed", "Confirmed"), ("checked_in", "Checked in"), ("in_progress", "In progress"),
        ("completed", "Completed"), ("cancelled", "Called off"), ("rejected", "Declined"), ("no_show", "Did not come"), ("expired", "Ran out"), ("planned", "Planned"),
        ("amended", "Corrected later"), ("draft", "Draft"), ("active", "Active"), ("superseded", "Replaced"), ("stopped", "Stopped"), ("ordered", "Ordered"), ("collected", "Sample taken"),
        ("received", "At the laboratory"), ("partially_resulted", "Some results are there"), ("booked", "Booked"), ("done", "Done"), ("invited", "Invited"), ("preliminary", "Preliminary"),
        ("final", "Final"), ("corrected", "Corrected"), ("paid", "Paid"), ("disabled", "Disabled"), ("verified", "Verified"),
        ("partly_delivered", "Partly delivered"), ("delivered", "Delivered"),
    ];

    /// <summary>Where a prescription stands.</summary>
    public static IReadOnlyList<(string Value, string Text)> PrescriptionStates { get; } =
        [("draft", "Draft"), ("active", "Active"), ("completed", "Handed out"), ("cancelled", "Called off"), ("superseded", "Replaced")];

    /// <summary>Stretches of days that move with the calendar.</summary>
    public static IReadOnlyList<(string Value, string Text)> Periods { get; } =
    [
        ("today", "Today"), ("yesterday", "Yesterday"), ("this_week", "This week"), ("last_week", "Last week"), ("this_month", "This month"), ("last_month", "Last month"),
        ("last_quarter", "Last quarter"), ("this_year", "This year"), ("last_year", "Last year"),
    ];

    /// <summary>Why money goes back.</summary>
    public static IReadOnlyList<(string Value, string Text)> RefundReasons { get; } =
    [
        ("consultation_cancelled", "The visit was called off"), ("doctor_unavailable", "The doctor could not come"), ("technical_issue", "A fault of the technique"),
        ("patient_request", "The patient asked"), ("duplicate_payment", "Paid twice"), ("other", "Other"),
    ];

    /// <summary>What gateways say and the books do not.</summary>
    public static IReadOnlyList<(string Value, string Text)> Discrepancies { get; } =
    [
        ("unknown_order", "An order that the books do not know"), ("amount", "Another amount"), ("currency", "Another currency"), ("refund_too_much", "More given back than was paid"),
        ("refund_failed", "Money that did not go back"), ("surplus", "More paid than asked"), ("unconfirmed_dispute", "A dispute that was not confirmed"),
    ];

    /// <summary>Where a breach of personal data stands.</summary>
    public static IReadOnlyList<(string Value, string Text)> Breaches { get; } = [("open", "To be told"), ("notified", "Told"), ("closed", "Closed")];

    /// <summary>What a gateway tells of money.</summary>
    public static IReadOnlyList<(string Value, string Text)> GatewayFacts { get; } =
    [
        ("pending", "Being paid"), ("authorized", "Reserved"), ("captured", "Paid"), ("failed", "Not paid"), ("refund_pending", "On its way back"), ("refunded", "Given back"),
        ("refund_failed", "Not given back"), ("disputed", "Disputed"), ("dispute_won", "Dispute won"), ("dispute_lost", "Dispute lost"),
    ];

    /// <summary>Companies through which is paid, by their own names.</summary>
    public static IReadOnlyList<(string Value, string Text)> Gateways { get; } = [("paystack", "Paystack"), ("payu", "PayU"), ("razorpay", "Razorpay"), ("stripe", "Stripe"), ("offline", "at the practice")];

    /// <summary>Where a dispute stands.</summary>
    public static IReadOnlyList<(string Value, string Text)> Disputes { get; } =
        [("unconfirmed", "Not confirmed"), ("needs_response", "To be answered"), ("under_review", "With the bank"), ("won", "Won"), ("lost", "Lost")];

    /// <summary>Why a payer's bank wants money back, where gateways say it in the same words.</summary>
    public static IReadOnlyList<(string Value, string Text)> DisputeReasons { get; } =
    [
        ("fraudulent", "The payer knows nothing of it"), ("fraud", "The payer knows nothing of it"), ("duplicate", "Paid twice"), ("product_not_received", "The payer says that nothing was given"),
        ("credit_not_processed", "Money that did not go back"), ("chargeback", "The bank takes it back"), ("general", "Other"),
    ];

    /// <summary>Why money did not move, where gateways say it in the same words.</summary>
    public static IReadOnlyList<(string Value, string Text)> MoneyFailures { get; } =
    [
        ("failed", "The gateway gives no reason"), ("payment_declined", "The card was declined"), ("card_declined", "The card was declined"), ("declined", "The card was declined"), ("expired", "Not paid in time"),
        ("insufficient_funds", "There is not enough money for it"), ("expired_or_canceled_card", "The card is no longer valid"), ("lost_or_stolen_card", "The card is no longer valid"),
    ];

    /// <summary>Why a file was not made.</summary>
    public static IReadOnlyList<(string Value, string Text)> ExportFailures { get; } =
        [("gave_up", "It was tried too often in vain."), ("not_allowed", "This is not, or no longer, yours to see.")];

    /// <summary>For how long a plan is paid at once.</summary>
    public static IReadOnlyList<(string Value, string Text)> Periodic { get; } = [("month", "Month"), ("quarter", "Quarter"), ("year", "Year")];

    /// <summary>What a room is for.</summary>
    public static IReadOnlyList<(string Value, string Text)> RoomKinds { get; } =
    [
        ("consultation", "Consultation"), ("treatment", "Treatment"), ("operating", "Operating theatre"), ("ward", "Ward"), ("laboratory", "Laboratory"), ("imaging", "Imaging"),
        ("waiting", "Waiting room"), ("other", "Other"),
    ];

    /// <summary>Parts of a laboratory.</summary>
    public static IEnumerable<(string Value, string Text)> TestCategories(Words words) => _testCategories.Select(c => (c, Begun(words[c.Replace('_', ' ')])));

    /// <summary>What samples are of.</summary>
    public static IEnumerable<(string Value, string Text)> Specimens(Words words) => _specimens.Select(s => (s, Begun(words[s.Replace('_', ' ')])));

    /// <summary>The texts in the reader's language.</summary>
    public static IEnumerable<(string Value, string Text)> In(this IEnumerable<(string Value, string Text)> labels, Words words) => labels.Select(l => (l.Value, words[l.Text]));

    /// <summary>A word as people say it: that of the list, or the word itself with blanks.</summary>
    public static string Of(this IEnumerable<(string Value, string Text)> labels, string word, Words words) =>
        words[labels.FirstOrDefault(l => l.Value == word).Text ?? word.Replace('_', ' ')];

    /// <summary>How things stand, where the API says it for people: as titles, which the portal writes as it speaks.</summary>
    public static IReadOnlyList<string> ApiWords { get; } =
    [
        "Requested", "Scheduled", "Checked in", "In progress", "Cancelled", "No show", "Expired", "Ordered", "Collected", "Received", "Partially resulted", "Preliminary", "Final", "Planned",
        "Amended", "Superseded", "Offered", "Approved",
    ];

    /// <summary>Names of things, as a list to choose from.</summary>
    public static IEnumerable<(string Value, string Text)> Choices(this IEnumerable<Thing> things, string name = "name", string value = "id") =>
        things.Select(t => (t.Text(value), t.Text(name)));

    // To choose from, every word begins as a sentence does.
    private static string Begun(string word) => string.Concat(char.ToUpperInvariant(word[0]).ToString(), word.AsSpan(1));
}
