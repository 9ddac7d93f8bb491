namespace Careline.Prescriptions.Contracts;

/// <summary>What a check of medicines said, as it was at that moment.</summary>
public sealed record SafetyStatement
{
    /// <summary>How much was checked; never what was found.</summary>
    public SafetyCheck SafetyCheck { get; init; }

    /// <summary>The same for people.</summary>
    public string SafetyCheckDisplay => EnumText<SafetyCheck>.Display(SafetyCheck);

    /// <summary>The release of the safety data.</summary>
    public string DataVersion { get; init; } = "";

    /// <summary>When it was checked; null where a prescription is older than the checks.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>Whether the prescriber must decide before it can be signed.</summary>
    public bool Interrupts { get; init; }

    /// <summary>What was found, the worst first.</summary>
    public IReadOnlyList<StatedFinding> Findings { get; init; } = [];

    /// <summary>What nobody knows: no reader may take it for safe.</summary>
    public IReadOnlyList<StatedGap> NotChecked { get; init; } = [];
}

/// <summary>One thing that is wrong.</summary>
public sealed record StatedFinding
{
    /// <summary>Names this finding when it is overridden; the same as long as the medicines concerned are written the same.</summary>
    public string Finding { get; init; } = "";

    /// <summary>The rule.</summary>
    public string Code { get; init; } = "";

    /// <summary>What was looked at.</summary>
    public SafetyKind Kind { get; init; }

    /// <summary>How bad.</summary>
    public SafetySeverity Severity { get; init; }

    /// <summary>The same for people.</summary>
    public string SeverityDisplay => EnumText<SafetySeverity>.Display(Severity);

    /// <summary>Whether the prescriber must decide.</summary>
    public bool Interrupts { get; init; }

    /// <summary>The medicines concerned, the new one first.</summary>
    public IReadOnlyList<CheckedMedicine> Medicines { get; init; } = [];

    /// <summary>The ingredients concerned.</summary>
    public IReadOnlyList<string> Ingredients { get; init; } = [];

    /// <summary>Why.</summary>
    public string Mechanism { get; init; } = "";

    /// <summary>What to do.</summary>
    public string Advice { get; init; } = "";

    /// <summary>Where it is written.</summary>
    public string Source { get; init; } = "";

    /// <summary>Why the prescriber went on.</summary>
    public string? OverrideReason { get; init; }
}

/// <summary>Something that could not be checked.</summary>
public sealed record StatedGap
{
    /// <summary>What.</summary>
    public SafetyKind Kind { get; init; }

    /// <summary>Of which medicine; null where it concerns them all.</summary>
    public CheckedMedicine? Medicine { get; init; }

    /// <summary>In words for the prescriber.</summary>
    public string Why { get; init; } = "";
}

/// <summary>A medicine that a finding is about.</summary>
/// <param name="Name">As written.</param>
/// <param name="Position">Its place among those that were to be checked, from 1; null for one that the patient takes already.</param>
public sealed record CheckedMedicine(string Name, int? Position);
