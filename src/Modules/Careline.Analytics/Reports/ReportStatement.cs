namespace Careline.Analytics.Reports;

/// <summary>The statement of a report: facts are grouped, small groups left out where they are groups of patients, and ids get their names.</summary>
internal static class ReportStatement
{
    /// <summary>Fewer patients than this are no group that may be shown.</summary>
    public const int LeastPatients = 5;

    /// <summary>Whether patients are told apart within each group.</summary>
    public static bool IsByPatient(ReportPlan plan) => plan.DescribesPatients || plan.Measures.Any(m => m.CountsPatients);

    // What is made of the sums only of the rows that are shown: of hundreds of thousands of groups these are few.
    public static string Of(ReportPlan plan, FactStatement facts, int most)
    {
        var groups = IsByPatient(plan) ? ByPatient(plan, facts) : AtOnce(plan, facts);
        var first = $"SELECT {string.Join(", ", Names(plan).Select(i => $"n{i}.name AS n{i}").Prepend("g.*"))} FROM ({(plan.DescribesPatients ? Masked(plan, groups) : groups)}) g{Joined(plan)}"
            + (plan.DescribesPatients ? $" WHERE {IsShown(plan, facts)}" : "")
            + $" ORDER BY {Order(plan, "g", i => $"n{i}.name")} LIMIT {most + 1}";
        return $"SELECT {string.Join(", ", Shown(plan))} FROM ({first}) s ORDER BY {Order(plan, "s", i => $"s.n{i}")}";
    }

    private static string AtOnce(ReportPlan plan, FactStatement facts)
    {
        var parts = plan.Measures.SelectMany((m, i) => m.Parts.Select((part, j) => $"{part} AS m{i}_{j}"));
        return $"SELECT {string.Join(", ", Columns(plan).Concat(parts))}{From(plan, facts)}{GroupBy(plan.Dimensions.Count)}";
    }

    // First by patient, then the patients of each group: to count distinct ones within each group, all facts would have to be sorted. One patient's counts are
    // small numbers: larger ones would be added up as decimals.
    private static string ByPatient(ReportPlan plan, FactStatement facts)
    {
        var parts = plan.Measures.SelectMany((m, i) => m.Parts.Select((part, j) => $"{part}{(part.StartsWith("count(", StringComparison.Ordinal) ? "::int" : "")} AS m{i}_{j}"));
        var patients = $"SELECT {string.Join(", ", Columns(plan).Append("f.patient_id AS patient").Concat(parts))}{From(plan, facts)}{GroupBy(plan.Dimensions.Count + 1)}";
        var sums = plan.Measures.SelectMany((m, i) => m.Parts.Select((_, j) => (m.CountsPatients ? $"count(q.patient) FILTER (WHERE q.m{i}_{j} > 0)" : $"sum(q.m{i}_{j})") + $" AS m{i}_{j}"));
        return $"SELECT {string.Join(", ", plan.Dimensions.Select((_, i) => $"q.d{i}").Concat(sums).Append("count(q.patient) AS people"))} FROM ({patients}) q{GroupBy(plan.Dimensions.Count)}";
    }

    private static IEnumerable<string> Columns(ReportPlan plan) => plan.Dimensions.Select((d, i) => $"{d.Sql} AS d{i}");

    private static string From(ReportPlan plan, FactStatement facts) => facts.From(
        plan.Dimensions.Aggregate(Joins.None, (all, d) => all | d.Needs), plan.Facts.Filters.Select(f => f.Dimension).Where(d => !d.DescribesPatients));

    private static string GroupBy(int columns) => columns > 0 ? $" GROUP BY {string.Join(", ", Enumerable.Range(1, columns))}" : "";

    private static string Whole(ReportPlan plan, int measure, string row)
    {
        var of = plan.Measures[measure];
        var whole = of.CountsPatients ? "{0}" : of.Whole;
        for (var i = 0; i < of.Parts.Length; i++)
        {
            whole = whole.Replace($"{{{i}}}", $"{row}.m{measure}_{i}", StringComparison.Ordinal);
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
        plan.Dimensions.SelectMany((d, i) => d.NamedBy is null ? [$"s.d{i}"] : (string[])[$"s.d{i}", $"s.n{i}"]).Concat(plan.Measures.Select((_, i) => $"{Whole(plan, i, "s")} AS m{i}"));

    private static IEnumerable<int> Names(ReportPlan plan) => plan.Dimensions.Index().Where(d => d.Item.NamedBy is not null).Select(d => d.Index);

    private static string Joined(ReportPlan plan) => string.Concat(Names(plan).Select(i => $" LEFT JOIN {plan.Dimensions[i].NamedBy} n{i} ON n{i}.id = g.d{i}"));

    private static string Order(ReportPlan plan, string row, Func<int, string> name)
    {
        var order = plan.Dimensions.Select((d, i) => d.NamedBy is null ? $"{row}.d{i} NULLS LAST" : $"{name(i)} NULLS LAST, {row}.d{i}").ToList();
        if (plan.Question.Ordering is { } asked)
        {
            var named = asked.TrimStart('-');
            var measure = plan.Measures.ToList().FindIndex(m => m.Name == named);
            var dimension = plan.Dimensions.ToList().FindIndex(d => d.Name == named);
            var column = measure >= 0 ? Whole(plan, measure, row) : plan.Dimensions[dimension].NamedBy is null ? $"{row}.d{dimension}" : name(dimension);
            order.Insert(0, column + (asked.StartsWith('-') ? " DESC NULLS LAST" : " NULLS LAST"));
        }

        return order.Count > 0 ? string.Join(", ", order) : Whole(plan, 0, row);
    }
}
