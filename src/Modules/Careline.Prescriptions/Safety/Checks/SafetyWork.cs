using Careline.Prescriptions.Safety.Rules;

namespace Careline.Prescriptions.Safety.Checks;

/// <summary>One check under way: the lines with their ingredients as numbers, and what was found so far.</summary>
internal sealed class SafetyWork
{
    private readonly List<SafetyFinding> _findings = [];
    private readonly List<NotChecked> _gaps = [];
    private readonly IReadOnlyList<MedicineLine> _lines;

    public SafetyWork(PatientFacts facts, IReadOnlyList<MedicineLine> lines, IReadOnlyList<MedicineLine> current, SafetyTables tables)
    {
        Facts = facts;
        Tables = tables;
        _lines = lines;
        New = [.. lines.Select(line => new NumberedLine(line, tables))];
        All = [.. New, .. current.Select(line => new NumberedLine(line, tables))];
    }

    public PatientFacts Facts { get; }

    public SafetyTables Tables { get; }

    /// <summary>The lines that are to be judged.</summary>
    public NumberedLine[] New { get; }

    /// <summary>These and what the patient takes.</summary>
    public NumberedLine[] All { get; }

    public void Gap(SafetyKind kind, MedicineLine? line, string why) => Gap(new NotChecked(kind, line, why));

    public void Gap(NotChecked gap) => _gaps.Add(gap);

    public void Find(SafetyKind kind, SafetyRule rule, IReadOnlyList<MedicineLine> lines, IReadOnlyList<string> ingredients, string? mechanism = null)
    {
        var severity = rule.Severity!.Value;

        // Little reaches the blood from the skin, the eye or the ear: worth knowing, not worth stopping for. What the patient does not tolerate is not
        // tolerated there either, and what harms an unborn child is judged by the data, which knows of creams.
        if (severity > SafetySeverity.Moderate && kind is not (SafetyKind.Allergy or SafetyKind.Pregnancy) && lines.Any(line => line.IsLocal))
        {
            severity = SafetySeverity.Moderate;
        }

        _findings.Add(new SafetyFinding(kind, severity, rule.Code, lines, ingredients, mechanism ?? rule.Mechanism, rule.Advice, rule.Source));
    }

    /// <summary>Lists the medicines of which nothing, or not everything, is known.</summary>
    public void ReportUnknown()
    {
        foreach (var line in All)
        {
            if (line.Ingredients.Length == 0)
            {
                Gap(new NotChecked(SafetyKind.Everything, line.Line, "the medicine is not known to the catalogue by this name or code", IsWhole: true));
            }
            else if (line.Ingredients.Any(ingredient => ingredient < 0))
            {
                Gap(new NotChecked(
                    SafetyKind.Everything, line.Line, "the safety data does not know " + string.Join(" and ", line.Unknown), line.Ingredients.All(ingredient => ingredient < 0)));
            }

            if (line.Line.Doubt is { } doubt)
            {
                Gap(SafetyKind.Everything, line.Line, doubt);
            }
        }
    }

    public SafetyReport Report() =>
        new([.. _findings.OrderByDescending(f => f.Severity).ThenBy(f => f.Kind).ThenBy(f => f.Code, StringComparer.Ordinal)], _gaps, Tables.Version) { Lines = _lines };
}

/// <summary>A line with its ingredients as numbers; -1 is one that the data does not know.</summary>
internal sealed class NumberedLine(MedicineLine line, SafetyTables tables)
{
    public MedicineLine Line => line;

    public int[] Ingredients { get; } = [.. line.Ingredients.Select(ingredient => tables.IdOf(ingredient.Name))];

    public IEnumerable<string> Unknown => line.Ingredients.Where((_, i) => Ingredients[i] < 0).Select(ingredient => ingredient.Name);
}
