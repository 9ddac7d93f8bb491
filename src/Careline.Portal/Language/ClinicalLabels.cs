namespace Careline.Portal.Language;

/// <summary>The words of the API that clinicians choose from, as they say them.</summary>
public static class ClinicalLabels
{
    /// <summary>What a doctor is shown to be doing.</summary>
    public static IReadOnlyList<(string Value, string Text)> Presences { get; } =
        [("available", "Available"), ("consulting", "In a visit"), ("busy", "Busy"), ("break", "On a break"), ("away", "Away"), ("unavailable", "Not available"), ("offline", "Offline")];

    /// <summary>What a note is about.</summary>
    public static IReadOnlyList<(string Value, string Text)> NoteTypes { get; } =
    [
        ("general", "General"), ("assessment", "Assessment"), ("plan", "Plan"), ("follow_up", "Follow-up"), ("examination", "Examination"), ("treatment", "Treatment"),
        ("advice", "Advice"), ("lab_results", "Lab results"), ("imaging", "Imaging"), ("referral", "Referral"),
    ];

    /// <summary>What a diagnosis is among others.</summary>
    public static IReadOnlyList<(string Value, string Text)> DiagnosisKinds { get; } =
        [("primary", "Main diagnosis"), ("secondary", "Further diagnosis"), ("differential", "To be excluded"), ("provisional", "Provisional")];

    /// <summary>How sure the doctor is.</summary>
    public static IReadOnlyList<(string Value, string Text)> Confidences { get; } = [("high", "Sure"), ("medium", "Likely"), ("low", "Possible")];

    /// <summary>ACVPU (NEWS2).</summary>
    public static IReadOnlyList<(string Value, string Text)> Consciousness { get; } =
        [("alert", "Alert"), ("confusion", "New confusion"), ("voice", "Responds to voice"), ("pain", "Responds to pain"), ("unresponsive", "Unresponsive")];

    /// <summary>How hard a child breathes (PEWS).</summary>
    public static IReadOnlyList<(string Value, string Text)> Efforts { get; } = [("normal", "Normal"), ("mild", "A little harder"), ("moderate", "Clearly harder"), ("severe", "Very hard, or pauses")];

    /// <summary>Dose forms.</summary>
    public static IReadOnlyList<(string Value, string Text)> Forms { get; } =
    [
        ("tablet", "Tablet"), ("capsule", "Capsule"), ("syrup", "Syrup"), ("injection", "Injection"), ("cream", "Cream"), ("ointment", "Ointment"), ("drops", "Drops"),
        ("inhaler", "Inhaler"), ("suppository", "Suppository"), ("other", "Other"),
    ];

    /// <summary>When in the day a medicine is taken.</summary>
    public static IReadOnlyList<(string Value, string Text)> Timings { get; } =
    [
        ("with_food", "With food"), ("empty_stomach", "On an empty stomach"), ("bedtime", "At bedtime"), ("before_breakfast", "Before breakfast"), ("after_breakfast", "After breakfast"),
        ("before_lunch", "Before lunch"), ("after_lunch", "After lunch"), ("before_dinner", "Before dinner"), ("after_dinner", "After dinner"), ("custom", "As the instructions say"),
    ];

    /// <summary>How soon a laboratory must do it.</summary>
    public static IReadOnlyList<(string Value, string Text)> Priorities { get; } = [("routine", "Routine"), ("urgent", "Urgent"), ("emergency", "Emergency")];

    /// <summary>What can be measured.</summary>
    public static IReadOnlyList<(string Value, string Text)> Measures { get; } =
    [
        ("systolic", "Systolic pressure"), ("diastolic", "Diastolic pressure"), ("heart_rate", "Heart rate"), ("temperature", "Temperature"), ("respiratory_rate", "Breaths per minute"),
        ("oxygen_saturation", "Oxygen saturation"), ("weight", "Weight"), ("height", "Height"), ("blood_glucose", "Blood glucose"), ("pain_score", "Pain"),
    ];

    /// <summary>How bad the reaction to a substance is.</summary>
    public static IReadOnlyList<(string Value, string Text)> AllergySeverities { get; } = [("mild", "Mild"), ("moderate", "Moderate"), ("severe", "Severe")];

    /// <summary>How a result lies to what is usual.</summary>
    public static IReadOnlyList<(string Value, string Text)> Flags { get; } =
    [
        ("normal", "Normal"), ("low", "Low"), ("high", "High"), ("critical_low", "Critically low"), ("critical_high", "Critically high"), ("abnormal", "Abnormal"), ("critical", "Critical"),
        ("not_judged", "Not judged"),
    ];

    /// <summary>How much harm a finding of the safety check may do.</summary>
    public static IReadOnlyList<(string Value, string Text)> SafetySeverities { get; } =
        [("minor", "Minor"), ("moderate", "Moderate"), ("major", "Major"), ("contraindicated", "Contraindicated")];

    /// <summary>The days of a week.</summary>
    public static IReadOnlyList<(string Value, string Text)> Weekdays { get; } =
    [
        ("monday", "Monday"), ("tuesday", "Tuesday"), ("wednesday", "Wednesday"), ("thursday", "Thursday"), ("friday", "Friday"), ("saturday", "Saturday"), ("sunday", "Sunday"),
    ];

    /// <summary>What a paper of a doctor is.</summary>
    public static IReadOnlyList<(string Value, string Text)> CredentialTypes { get; } =
        [("licence", "Licence"), ("certificate", "Certificate"), ("insurance", "Liability insurance"), ("identity", "Identity"), ("other", "Other")];

    /// <summary>What a document in a record is.</summary>
    public static IReadOnlyList<(string Value, string Text)> FileKinds { get; } =
    [
        ("medical_report", "Medical report"), ("lab_report", "Laboratory report"), ("xray", "X-ray"), ("scan", "Scan"), ("medical_image", "Medical picture"), ("prescription", "Prescription"),
        ("vaccination", "Vaccination"), ("surgery", "Surgery"), ("medical_test", "Test"), ("image", "Picture"), ("document", "Document"), ("other", "Other"),
    ];
}
