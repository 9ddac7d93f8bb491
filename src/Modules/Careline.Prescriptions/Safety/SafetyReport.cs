namespace Careline.Prescriptions.Safety;

/// <summary>What a check of medicines found, and what it could not look at.</summary>
/// <param name="Findings">The worst first.</param>
/// <param name="NotChecked">What nobody knows: no reader may take it for safe.</param>
/// <param name="DataVersion">The release of the safety data, and of the site's own rules.</param>
internal sealed record SafetyReport(IReadOnlyList<SafetyFinding> Findings, IReadOnlyList<NotChecked> NotChecked, string DataVersion)
{
    /// <summary>The lines that were looked at.</summary>
    public required IReadOnlyList<MedicineLine> Lines { get; init; }

    /// <summary>Whether the prescriber must stop and decide.</summary>
    public bool Interrupts => Findings.Any(f => f.Interrupts);

    /// <summary>How much of all lines together was checked.</summary>
    public SafetyCheck State => Lines.Count == 0 ? SafetyCheck.NotChecked
        : Lines.Select(StateOf).Distinct().ToArray() is [var same] ? same
        : SafetyCheck.PartlyChecked;

    /// <summary>How much of one line was checked. What could not be checked of a current medicine or of the patient leaves a gap in each line.</summary>
    public SafetyCheck StateOf(MedicineLine line)
    {
        var gaps = NotChecked.Where(gap => gap.Line is not { } other || ReferenceEquals(other, line) || !Lines.Any(l => ReferenceEquals(l, other))).ToList();
        return gaps.Count == 0 ? SafetyCheck.Checked
            : gaps.Any(gap => gap.IsWhole && (gap.Line is null || ReferenceEquals(gap.Line, line))) ? SafetyCheck.NotChecked
            : SafetyCheck.PartlyChecked;
    }

    /// <summary>What concerns one line.</summary>
    public IEnumerable<SafetyFinding> FindingsOf(MedicineLine line) => Findings.Where(f => f.Lines.Any(l => ReferenceEquals(l, line)));
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Kind">What was looked at.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Code">The rule, stable from one release of the data to the next.</param>
/// <param name="Lines">The lines concerned, the new one first.</param>
/// <param name="Ingredients">The ingredients concerned.</param>
/// <param name="Mechanism">Why.</param>
/// <param name="Advice">What to do.</param>
/// <param name="Source">Where it is written.</param>
internal sealed record SafetyFinding(
    SafetyKind Kind,
    SafetySeverity Severity,
    string Code,
    IReadOnlyList<MedicineLine> Lines,
    IReadOnlyList<string> Ingredients,
    string Mechanism,
    string Advice,
    string Source)
{
    /// <summary>Only what is contraindicated or major stops the prescriber: who is stopped for everything stops reading.</summary>
    public bool Interrupts => Severity >= SafetySeverity.Major;
}

/// <summary>Something that could not be checked.</summary>
/// <param name="Kind">What.</param>
/// <param name="Line">Of which medicine; null where it concerns them all.</param>
/// <param name="Why">In words for the prescriber.</param>
/// <param name="IsWhole">Nothing at all was checked; otherwise something was.</param>
internal sealed record NotChecked(SafetyKind Kind, MedicineLine? Line, string Why, bool IsWhole = false);
