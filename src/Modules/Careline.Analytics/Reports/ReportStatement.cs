namespace Careline.Analytics.Reports;

/// <summary>The statement of a report: facts are grouped, small groups left out where they are groups of patients, and ids get their names.</summary>
internal static class ReportStatement
{
    /// <summary>Fewer patients than this are no group that may be shown.</summary>
    public const int LeastPatients = 5;

    public static string Of(ReportPlan plan, FactStatement facts, int most)
    {
        var groups = plan.DescribesPatients || plan.Measures.Any(m => m.CountsPatients) ? ByPatient(plan, facts) : AtOnce(plan, facts);
        return $"SELECT {string.Join(", ", Shown(plan))} FROM ({(plan.DescribesPatients ? Masked(plan, groups) : groups)}) g{Names(plan.Dimensions)}"
            + (plan.DescribesPatients ? $" WHERE {IsShown(plan, facts)}" : "")
            + $" ORDER BY {Order(plan)} LIMIT {most + 1}";
    }

    private static string AtOnce(ReportPlan plan, FactStatement facts) =>
        $"SELECT {string.Join(", ", Columns(plan).Concat(plan.Measures.Select((m, i) => $"{Whole(m, m.Parts)} AS m{i}")))}{From(plan, facts)}{GroupBy(plan.Dimensions.Count)}";

    // First by patient, then the patients of each group: to count distinct ones within each group, all facts would have to be sorted.
    private static string ByPatient(ReportPlan plan, FactStatement facts)
    {
        var parts = plan.Measures.SelectMany((m, i) => m.Parts.Select((part, j) => $"{part} AS m{i}_{j}"));
        var patients = $"SELECT {string.Join(", ", Columns(plan).Append("f.patient_id AS patient").Concat(parts))}{From(plan, facts)}{GroupBy(plan.Dimensions.Count + 1)}";
        var wholes = plan.Measures.Select((m, i) => m.CountsPatients
            ? $"count(q.patient) FILTER (WHERE q.m{i}_0 > 0) AS m{i}" : $"{Whole(m, m.Parts.Select((part, j) => $"sum(q.m{i}_{j})"))} AS m{i}");
        return $"SELECT {string.Join(", ", plan.Dimensions.Select((_, i) => $"q.d{i}").Concat(wholes).Append("count(q.patient) AS people"))} FROM ({patients}) q{GroupBy(plan.Dimensions.Count)}";
    }

    private static IEnumerable<string> Columns(ReportPlan plan) => plan.Dimensions.Select((d, i) => $"{d.Sql} AS d{i}");

    private static string From(ReportPlan plan, FactStatement facts) => facts.From(
        plan.Dimensions.Aggregate(Joins.None, (all, d) => all | d.Needs), plan.Facts.Filters.Select(f => f.Dimension).Where(d => !d.DescribesPatients));

    private static string GroupBy(int columns) => columns > 0 ? $" GROUP BY {string.Join(", ", Enumerable.Range(1, columns))}" : "";

    private static string Whole(Measure measure, IEnumerable<string> parts)
    {
        var whole = measure.Whole;
        foreach (var (i, part) in parts.Index())
        {
            whole = whole.Replace($"{{{i}}}", part, StringComparison.Ordinal);
        }

        return whole;
    }

    // Beside each group how many patients the smaller ones have that differ from it in nothing but what patients are like.
    private static string Masked(ReportPlan plan, string groups)
    {
        var apart = plan.Dimensions.Index().Where(d => !d.Item.DescribesPatients).Select(d => $"h.d{d.Index}").ToList();
        var order = string.Join(", ", plan.Dimensions.Index().Select(d => $"h.d{d.Index}"));
        return $"SELECT h.*, coalesce(sum(h.people) OVER ({(apart.Count > 0 ? "PARTITION BY " + string.Join(", ", apart) : "")} ORDER BY h.people, {order} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before FROM ({groups}) h";
    }

    // What is left out has five patients or more together, or nothing is: otherwise all of a day less what is shown of it would be the small group.
    private static string IsShown(ReportPlan plan, FactStatement facts)
    {
        var among = plan.Facts.Filters.Where(f => f.Dimension.DescribesPatients).Select(f => facts.IsAmong(f.Dimension, $"g.d{plan.Dimensions.ToList().IndexOf(f.Dimension)}"));
        return string.Join(" AND ", among.Prepend($"g.people >= {LeastPatients} AND (g.before = 0 OR g.before >= {LeastPatients})"));
    }

    private static IEnumerable<string> Shown(ReportPlan plan) =>
        plan.Dimensions.SelectMany((d, i) => d.NamedBy is null ? [$"g.d{i}"] : (string[])[$"g.d{i}", $"n{i}.name"]).Concat(plan.Measures.Select((_, i) => $"g.m{i}"));

    private static string Names(IReadOnlyList<Dimension> dimensions) =>
        string.Concat(dimensions.Index().Where(d => d.Item.NamedBy is not null).Select(d => $" LEFT JOIN {d.Item.NamedBy} n{d.Index} ON n{d.Index}.id = g.d{d.Index}"));

    private static string Order(ReportPlan plan)
    {
        var order = plan.Dimensions.Select((d, i) => d.NamedBy is null ? $"g.d{i} NULLS LAST" : $"n{i}.name NULLS LAST, g.d{i}").DefaultIfEmpty("g.m0").ToList();
        if (plan.Question.Ordering is { } asked)
        {
            var name = asked.TrimStart('-');
            var measure = plan.Measures.ToList().FindIndex(m => m.Name == name);
            var dimension = plan.Dimensions.ToList().FindIndex(d => d.Name == name);
            var column = measure >= 0 ? $"g.m{measure}" : plan.Dimensions[dimension].NamedBy is null ? $"g.d{dimension}" : $"n{dimension}.name";
            order.Insert(0, column + (asked.StartsWith('-') ? " DESC NULLS LAST" : " NULLS LAST"));
        }

        return string.Join(", ", order);
    }
}
