namespace Careline.Portal.Language;

/// <summary>More words of the API as people say them: those of the record, of medicines and of money.</summary>
public static class CareLabels
{
    /// <summary>What is measured.</summary>
    public static IReadOnlyList<(string Value, string Text)> Measures { get; } =
    [
        ("systolic", "Blood pressure, upper"), ("diastolic", "Blood pressure, lower"), ("heart_rate", "Pulse"), ("temperature", "Temperature"), ("oxygen_saturation", "Oxygen in the blood"),
        ("respiratory_rate", "Breaths a minute"), ("weight", "Weight"), ("height", "Height"), ("blood_glucose", "Blood sugar"), ("pain_score", "Pain, 0 to 10"),
    ];

    /// <summary>In what it is measured.</summary>
    public static IReadOnlyList<(string Value, string Text)> Units { get; } =
    [
        ("systolic", "mmHg"), ("diastolic", "mmHg"), ("heart_rate", "/min"), ("temperature", "°C"), ("oxygen_saturation", "%"), ("respiratory_rate", "/min"), ("weight", "kg"), ("height", "cm"),
        ("blood_glucose", "mg/dL"), ("pain_score", ""),
    ];

    /// <summary>Parts of a day.</summary>
    public static IReadOnlyList<(string Value, string Text)> DayParts { get; } = [("morning", "In the morning"), ("afternoon", "In the afternoon"), ("evening", "In the evening")];

    /// <summary>When in the day medicines are taken.</summary>
    public static IReadOnlyList<(string Value, string Text)> DayTimes { get; } = [("morning", "Morning"), ("noon", "Noon"), ("evening", "Evening"), ("night", "Night")];

    /// <summary>How a medicine is taken.</summary>
    public static IReadOnlyList<(string Value, string Text)> Timings { get; } =
    [
        ("with_food", "with food"), ("empty_stomach", "on an empty stomach"), ("bedtime", "at bedtime"), ("before_breakfast", "before breakfast"), ("after_breakfast", "after breakfast"),
        ("before_lunch", "before lunch"), ("after_lunch", "after lunch"), ("before_dinner", "before dinner"), ("after_dinner", "after dinner"), ("custom", "as the doctor says"),
    ];

    /// <summary>How often a medicine is taken.</summary>
    public static IReadOnlyList<(string Value, string Text)> Frequencies { get; } =
    [
        ("once_daily", "once a day"), ("twice_daily", "twice a day"), ("thrice_daily", "three times a day"), ("four_times_daily", "four times a day"), ("sos", "when needed"),
    ];

    /// <summary>What became of a dose.</summary>
    public static IReadOnlyList<(string Value, string Text)> Doses { get; } = [("planned", "Later"), ("told", "Due"), ("taken", "Taken"), ("skipped", "Left out"), ("missed", "Not answered")];

    /// <summary>Ways to pay.</summary>
    public static IReadOnlyList<(string Value, string Text)> PaymentMethods { get; } =
    [
        ("card", "Card"), ("net_banking", "Bank, online"), ("upi", "UPI"), ("wallet", "Wallet"), ("cash", "Cash, at the practice"), ("bank_transfer", "Bank transfer, to the practice"),
        ("insurance", "Insurance, at the practice"),
    ];

    /// <summary>What is paid for.</summary>
    public static IReadOnlyList<(string Value, string Text)> Payables { get; } =
        [("appointment", "Visit"), ("consultation", "Charge of a visit"), ("lab_order", "Laboratory tests"), ("prescription", "Medicines"), ("subscription", "Plan")];

    /// <summary>Where a payment or a plan stands.</summary>
    public static IReadOnlyList<(string Value, string Text)> PaymentStates { get; } =
    [
        ("pending", "To be paid"), ("processing", "On its way"), ("completed", "Paid"), ("paid", "Paid"), ("failed", "Not paid"), ("cancelled", "Called off"), ("refunded", "Given back"),
        ("partially_refunded", "Partly given back"), ("trialing", "On trial"), ("active", "Active"), ("past_due", "Payment is late"), ("paused", "Paused"), ("expired", "Over"),
    ];

    /// <summary>Where money stands that goes back.</summary>
    public static IReadOnlyList<(string Value, string Text)> RefundStates { get; } =
        [("pending", "Will go back"), ("processing", "On its way back"), ("completed", "Given back"), ("failed", "Not given back")];

    /// <summary>Where something stands that was asked for.</summary>
    public static IReadOnlyList<(string Value, string Text)> RequestStates { get; } =
    [
        ("waiting", "Waiting"), ("offered", "A time is offered"), ("accepted", "Taken"), ("expired", "Over"), ("left", "Not waited for any more"), ("open", "Open"), ("approved", "Agreed"),
        ("rejected", "Declined"), ("done", "Done"),
    ];

    /// <summary>How often a plan is paid.</summary>
    public static IReadOnlyList<(string Value, string Text)> Periods { get; } = [("month", "a month"), ("quarter", "a quarter"), ("year", "a year")];

    /// <summary>How bad an allergy is.</summary>
    public static IReadOnlyList<(string Value, string Text)> Severities { get; } = [("mild", "Mild"), ("moderate", "Moderate"), ("severe", "Severe")];

    /// <summary>Whether something still holds.</summary>
    public static IReadOnlyList<(string Value, string Text)> EntryStates { get; } = [("active", "Now"), ("inactive", "In the past")];

    /// <summary>Whether a condition still holds.</summary>
    public static IReadOnlyList<(string Value, string Text)> ConditionStates { get; } = [("active", "Now"), ("resolved", "In the past")];

    /// <summary>What a document is.</summary>
    public static IReadOnlyList<(string Value, string Text)> FileKinds { get; } =
    [
        ("lab_report", "Laboratory report"), ("prescription", "Prescription"), ("diagnosis", "Diagnosis"), ("vaccination", "Vaccination"), ("surgery", "Surgery"), ("allergy", "Allergy"),
        ("medical_report", "Medical report"), ("medical_image", "Medical picture"), ("xray", "X-ray"), ("scan", "Scan"), ("medical_test", "Medical test"), ("insurance", "Insurance"),
        ("insurance_card", "Insurance card"), ("id_proof", "Proof of identity"), ("address_proof", "Proof of address"), ("image", "Picture"), ("document", "Document"), ("other", "Something else"),
    ];

    /// <summary>What one is told about.</summary>
    public static IReadOnlyList<(string Value, string Text)> Notices { get; } =
    [
        ("appointment", "Appointments"), ("reminder", "Reminders"), ("consultation", "Visits"), ("prescription", "Prescriptions and medicines"), ("record", "Your record"), ("payment", "Payments"),
        ("message", "Messages"), ("security", "Security"), ("system", "Careline itself"), ("alert", "Clinical alerts"),
    ];

    /// <summary>By which way one is told.</summary>
    public static IReadOnlyList<(string Value, string Text)> Channels { get; } = [("in_app", "Here"), ("email", "E-mail"), ("sms", "SMS"), ("push", "Browser")];

    /// <summary>How somebody is related to a patient.</summary>
    public static IReadOnlyList<(string Value, string Text)> Relations { get; } =
        [("parent", "Parent"), ("child", "Child"), ("spouse", "Spouse"), ("guardian", "Guardian"), ("carer", "Carer"), ("other", "Somebody else")];

    /// <summary>What somebody who acts for a patient may do.</summary>
    public static IReadOnlyList<(string Value, string Text)> ProxyRights { get; } = [("read", "Read the record"), ("book", "Book visits")];

    /// <summary>As which people are registered.</summary>
    public static IReadOnlyList<(string Value, string Text)> Genders { get; } = [("female", "Female"), ("male", "Male"), ("other", "Other"), ("unknown", "Not said")];

    /// <summary>Blood groups.</summary>
    public static IReadOnlyList<(string Value, string Text)> BloodGroups { get; } =
        [("A+", "A+"), ("A-", "A−"), ("B+", "B+"), ("B-", "B−"), ("AB+", "AB+"), ("AB-", "AB−"), ("O+", "O+"), ("O-", "O−")];

    /// <summary>What one may ask to be done with what is held.</summary>
    public static IReadOnlyList<(string Value, string Text)> DataRequests { get; } =
        [("correction", "Correct something"), ("restriction", "Use it for nothing but keeping it"), ("erasure", "Erase it")];

    /// <summary>How a result lies to what is usual.</summary>
    public static IReadOnlyList<(string Value, string Text)> Flags { get; } =
    [
        ("normal", "As usual"), ("low", "Lower than usual"), ("high", "Higher than usual"), ("critical_low", "Much too low"), ("critical_high", "Much too high"), ("abnormal", "Not as usual"),
        ("critical", "Needs attention now"), ("not_judged", "Not judged"),
    ];

    /// <summary>How soon a laboratory is to work.</summary>
    public static IReadOnlyList<(string Value, string Text)> Priorities { get; } = [("routine", "Routine"), ("urgent", "Urgent"), ("emergency", "Emergency")];

    /// <summary>What kind of place a clinic is.</summary>
    public static IReadOnlyList<(string Value, string Text)> ClinicKinds { get; } = [("physical", "A place to go to"), ("virtual", "Online only"), ("both", "A place to go to, and online")];

    /// <summary>What happened to a visit.</summary>
    public static IReadOnlyList<(string Value, string Text)> VisitEvents { get; } =
    [
        ("booked", "Booked"), ("confirmed", "Confirmed"), ("checked_in", "Checked in"), ("started", "Began"), ("completed", "Ended"), ("no_show", "Nobody came"), ("cancelled", "Called off"),
        ("rescheduled", "Moved"), ("changed", "Details changed"), ("hidden", "Removed from sight"), ("held", "Time held"), ("requested", "Asked for"), ("accepted", "Agreed"), ("rejected", "Declined"),
        ("expired", "Not answered in time"), ("ready", "Ready for the doctor"), ("left", "Left"),
    ];

    /// <summary>The days of the week.</summary>
    public static IReadOnlyList<(string Value, string Text)> Weekdays { get; } =
    [
        ("monday", "Monday"), ("tuesday", "Tuesday"), ("wednesday", "Wednesday"), ("thursday", "Thursday"), ("friday", "Friday"), ("saturday", "Saturday"), ("sunday", "Sunday"),
    ];
}
