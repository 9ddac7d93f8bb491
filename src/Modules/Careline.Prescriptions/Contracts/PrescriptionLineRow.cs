namespace Careline.Prescriptions.Contracts;

/// <summary>One medicine of a prescription.</summary>
public sealed record PrescriptionLineRow
{
    /// <summary>The line.</summary>
    public Guid Id { get; init; }

    /// <summary>The prescription it belongs to.</summary>
    public Guid PrescriptionId { get; init; }

    /// <summary>That prescription's state: only an active one is valid.</summary>
    public PrescriptionStatus PrescriptionStatus { get; init; }

    /// <summary>The patient.</summary>
    public Guid PatientId { get; init; }

    /// <summary>The visit, if it was prescribed in one.</summary>
    public Guid? ConsultationId { get; init; }

    /// <summary>Place within the prescription, from 1.</summary>
    public int Position { get; init; }

    /// <summary>As the doctor names it.</summary>
    public string MedicationName { get; init; } = "";

    /// <summary>The active ingredient.</summary>
    public string? GenericName { get; init; }

    /// <summary>WHO ATC code.</summary>
    public string? AtcCode { get; init; }

    /// <summary>The dose form.</summary>
    public MedicineForm? Form { get; init; }

    /// <summary>Of one unit.</summary>
    public string? Strength { get; init; }

    /// <summary>How much at a time.</summary>
    public string Dosage { get; init; } = "";

    /// <summary>How it is taken.</summary>
    public string? Route { get; init; }

    /// <summary>How often.</summary>
    public string Frequency { get; init; } = "";

    /// <summary>For how long, days.</summary>
    public int? DurationDays { get; init; }

    /// <summary>Units to dispense.</summary>
    public int? Quantity { get; init; }

    /// <summary>How often it may be dispensed again.</summary>
    public int? Refills { get; init; }

    /// <summary>What the patient should know.</summary>
    public string? Instructions { get; init; }

    /// <summary>When in the day, as to meals and sleep.</summary>
    public IntakeTiming? Timing { get; init; }

    /// <summary>The entry of the catalogue, where one was chosen.</summary>
    public Guid? MedicineId { get; init; }

    /// <summary>Units that pharmacies have handed out; of a medicine without a quantity, how often it was.</summary>
    public int Dispensed { get; init; }

    /// <summary>Where the medicine stands.</summary>
    public LineStatus Status { get; init; }

    /// <summary>The same for people.</summary>
    public string StatusDisplay => EnumText<LineStatus>.Display(Status);

    /// <summary>What is known of its safety for this patient. Never left out: silence would read as safe.</summary>
    public SafetyCheck SafetyCheck { get; init; }

    /// <summary>What the check of its whole prescription said; told when the medicine is prescribed, and else with the prescription.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SafetyStatement? Safety { get; init; }

    /// <summary>When it was prescribed.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Where a prescription stands.</summary>
public enum PrescriptionStatus
{
    /// <summary>Being written.</summary>
    Draft,

    /// <summary>Issued and valid.</summary>
    Active,

    /// <summary>Used up.</summary>
    Completed,

    /// <summary>Void.</summary>
    Cancelled,

    /// <summary>Replaced by a corrected one.</summary>
    Superseded,
}

/// <summary>Where one medicine stands.</summary>
public enum LineStatus
{
    /// <summary>To be taken.</summary>
    Active,

    /// <summary>Not to be taken any more.</summary>
    Stopped,

    /// <summary>Taken to the end.</summary>
    Completed,
}

/// <summary>How much of a line's safety was checked: interactions, allergies, doses. It says nothing of what was found.</summary>
public enum SafetyCheck
{
    /// <summary>Nobody and nothing checked it.</summary>
    NotChecked,

    /// <summary>Some checks could not be made: the report lists which and why.</summary>
    PartlyChecked,

    /// <summary>Every check was made.</summary>
    Checked,
}
