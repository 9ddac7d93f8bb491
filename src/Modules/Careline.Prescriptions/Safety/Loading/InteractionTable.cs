using Careline.Prescriptions.Safety.Rules;

namespace Careline.Prescriptions.Safety.Loading;

/// <summary>Rules about two ingredients or classes, spread out over the pairs; of several about a pair the worst counts.</summary>
internal sealed class InteractionTable(Vocabulary words, RuleReader rules)
{
    public static IReadOnlyList<string> Columns { get; } = ["a", "b", "code", "severity", "mechanism", "advice", "source"];

    public Dictionary<long, SafetyRule> Pairs { get; } = [];

    public int Count { get; private set; }

    public void Add(CsvTable table)
    {
        foreach (var row in table.Rows)
        {
            var rule = rules.Read(row);
            if (rule.Severity is null)
            {
                continue;
            }

            Count++;
            Spread(words.Resolve(row, "a"), words.Resolve(row, "b"), rule);
        }
    }

    public void Add(InteractionTable other)
    {
        Count += other.Count;
        foreach (var (pair, rule) in other.Pairs)
        {
            Keep(pair, rule);
        }
    }

    /// <summary>Adds what the site brought. A single ingredient that the data does not know was known to the site when it was imported.</summary>
    public void Add(SiteRules site, List<TableFault> faults)
    {
        foreach (var row in site.Rows)
        {
            if (!Platform.Data.EnumText<Contracts.SafetySeverity>.TryParse(row.Severity, out var severity)
                || Sides(row.A) is not { } a || Sides(row.B) is not { } b)
            {
                faults.Add(new TableFault("the site's interactions", 0, $"The rule {row.Code} names what is no longer known: import the table again."));
                continue;
            }

            Count++;
            Spread(a, b, new SafetyRule(row.Code, severity, row.Mechanism, row.Advice, row.Source));
        }
    }

    private int[]? Sides(string term) => words.Resolve(term) ?? (term.StartsWith('@') || term.StartsWith("atc:", StringComparison.Ordinal) ? null : [words.Add(term)]);

    private void Spread(int[] a, int[] b, SafetyRule rule)
    {
        foreach (var one in a)
        {
            foreach (var other in b.Where(other => other != one))
            {
                Keep(SafetyTables.Pair(one, other), rule);
            }
        }
    }

    private void Keep(long pair, SafetyRule rule)
    {
        if (!Pairs.TryGetValue(pair, out var known) || known.Severity < rule.Severity)
        {
            Pairs[pair] = rule;
        }
    }
}
