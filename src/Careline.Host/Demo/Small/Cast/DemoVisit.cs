namespace Careline.Host.Demo.Small.Cast;

internal enum DemoOutcome
{
    Scheduled,
    Confirmed,
    Moved,
    CancelledByPatient,
    CancelledByDoctor,
    NoShow,
    CheckedIn,
    InProgress,
    Completed,
}

// A visit: so many working days before (negative) or after today, at a time of the doctor's wall clock. A visit that goes on now has neither.
internal sealed record DemoVisit(string Doctor, string Patient, int Day, string Time, DemoOutcome Outcome, string Reason)
{
    public string VisitType { get; init; } = "general";

    public string Modality { get; init; } = "video";

    public string Urgency { get; init; } = "medium";

    public string? Symptoms { get; init; }

    // What the two write each other before it, the patient first and then in turn.
    public string[] Talk { get; init; } = [];

    // What the doctor wrote, where the visit has begun.
    public DemoRecord? Record { get; init; }

    // In person at the clinic: the desk confirms, and the nurse measures.
    public bool IsAtClinic => Modality == "in_person";
}

internal sealed record DemoRecord(string Complaint, string Illness, string Findings, string Assessment, string Plan)
{
    public string? FollowUp { get; init; }

    public required DemoVitals Vitals { get; init; }

    public required (string Text, string Code) Diagnosis { get; init; }

    public DemoMedicine[] Medicines { get; init; } = [];

    // Ordered of the laboratory, and what came of it.
    public DemoResult[] Results { get; init; } = [];

    public required (string Type, string Title, string Content) Note { get; init; }

    // Written after the document was closed.
    public string? Addendum { get; init; }
}

internal sealed record DemoVitals(
    int? Systolic = null,
    int? Diastolic = null,
    int? HeartRate = null,
    decimal? Temperature = null,
    int? RespiratoryRate = null,
    decimal? OxygenSaturation = null,
    decimal? Weight = null,
    decimal? Height = null,
    decimal? BloodGlucose = null,
    int? PainScore = null,
    string? Consciousness = null,
    bool? OnOxygen = null);

internal sealed record DemoResult(string Test, decimal Value, string Unit);

internal sealed record DemoMedicine(
    string MedicationName,
    string Dosage,
    string Frequency,
    string? AtcCode = null,
    string? Form = null,
    string? Strength = null,
    string? Route = null,
    int? DurationDays = null,
    int? Quantity = null,
    int? Refills = null,
    string? Instructions = null);
