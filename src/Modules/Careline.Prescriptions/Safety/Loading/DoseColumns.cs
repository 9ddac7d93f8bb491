using Careline.Prescriptions.Safety.Doses;
using Careline.Prescriptions.Safety.Rules;

namespace Careline.Prescriptions.Safety.Loading;

/// <summary>The columns of <c>doses.csv</c>.</summary>
internal static class DoseColumns
{
    public static IReadOnlyList<string> All { get; } =
        ["code", "ingredient", "route", "from", "below", "single_mg", "daily_mg", "weekly_mg", "single_mg_per_kg", "daily_mg_per_kg", "advice", "source"];

    public static DoseLimit Read(CsvRow row, RuleReader rules)
    {
        var amounts = new DoseAmounts(
            RuleReader.Number(row, "single_mg"),
            RuleReader.Number(row, "daily_mg"),
            RuleReader.Number(row, "weekly_mg"),
            RuleReader.Number(row, "single_mg_per_kg"),
            RuleReader.Number(row, "daily_mg_per_kg"));
        if (amounts == new DoseAmounts(null, null, null, null, null))
        {
            row.Fault("Limits nothing.");
        }

        var route = row["route"] is { Length: > 0 } word ? word : null;
        if (route is not null && !DoseRoute.All.Contains(route))
        {
            row.Fault($"'{route}' is no route: {string.Join(", ", DoseRoute.All)}, or nothing for all.");
        }

        return new DoseLimit(
            RuleReader.Age(row, "from"),
            RuleReader.Age(row, "below"),
            route,
            amounts,
            rules.Of(row, SafetySeverity.Major, "More than the highest recommended dose."));
    }
}
