using Careline.Platform.Data;
using Careline.Prescriptions.Contracts;

namespace Careline.Prescriptions.Safety;

/// <summary>What a check found, and what it could not look at.</summary>
public sealed record SafetyReportResponse
{
    /// <summary>How much was checked; it says nothing of what was found.</summary>
    public SafetyCheck SafetyCheck { get; init; }

    /// <summary>The same for people.</summary>
    public string SafetyCheckDisplay => EnumText<SafetyCheck>.Display(SafetyCheck);

    /// <summary>Whether something was found for which the prescriber must stop.</summary>
    public bool Interrupts { get; init; }

    /// <summary>What was found, the worst first.</summary>
    public IReadOnlyList<SafetyFindingResponse> Findings { get; init; } = [];

    /// <summary>What could not be checked, and why. Not to be taken for safe.</summary>
    public IReadOnlyList<NotCheckedResponse> NotChecked { get; init; } = [];

    /// <summary>The release of the safety data.</summary>
    public string DataVersion { get; init; } = "";

    internal static SafetyReportResponse Of(SafetyReport report) => new()
    {
        SafetyCheck = report.State,
        Interrupts = report.Interrupts,
        Findings = [.. report.Findings.Select(finding => SafetyFindingResponse.Of(finding, report))],
        NotChecked = [.. report.NotChecked.Select(gap => new NotCheckedResponse(gap.Kind, gap.Line is { } line ? CheckedMedicine.Of(line, report) : null, gap.Why))],
        DataVersion = report.DataVersion,
    };
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Kind">What was looked at.</param>
/// <param name="Severity">contraindicated, major, moderate, minor.</param>
/// <param name="Interrupts">Whether the prescriber must stop for it.</param>
/// <param name="Code">The rule, stable.</param>
/// <param name="Medicines">The medicines concerned.</param>
/// <param name="Ingredients">The ingredients concerned.</param>
/// <param name="Mechanism">Why.</param>
/// <param name="Advice">What to do.</param>
/// <param name="Source">Where it is written.</param>
public sealed record SafetyFindingResponse(
    SafetyKind Kind,
    SafetySeverity Severity,
    bool Interrupts,
    string Code,
    IReadOnlyList<CheckedMedicine> Medicines,
    IReadOnlyList<string> Ingredients,
    string Mechanism,
    string Advice,
    string Source)
{
    internal static SafetyFindingResponse Of(SafetyFinding finding, SafetyReport report) => new(
        finding.Kind,
        finding.Severity,
        finding.Interrupts,
        finding.Code,
        [.. finding.Lines.Select(line => CheckedMedicine.Of(line, report))],
        finding.Ingredients,
        finding.Mechanism,
        finding.Advice,
        finding.Source);
}

/// <summary>Something that could not be checked.</summary>
/// <param name="Kind">What.</param>
/// <param name="Medicine">Of which medicine; null where it concerns them all.</param>
/// <param name="Why">In words.</param>
public sealed record NotCheckedResponse(SafetyKind Kind, CheckedMedicine? Medicine, string Why);

/// <summary>A medicine that a finding is about.</summary>
/// <param name="Name">As written.</param>
/// <param name="Position">Its place among those that were to be checked, from 1; null for one that the patient takes already.</param>
public sealed record CheckedMedicine(string Name, int? Position)
{
    internal static CheckedMedicine Of(MedicineLine line, SafetyReport report)
    {
        for (var i = 0; i < report.Lines.Count; i++)
        {
            if (ReferenceEquals(report.Lines[i], line))
            {
                return new CheckedMedicine(line.Name, i + 1);
            }
        }

        return new CheckedMedicine(line.Name, null);
    }
}
