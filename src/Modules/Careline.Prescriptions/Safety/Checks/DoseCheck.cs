using Careline.Prescriptions.Safety.Doses;
using Careline.Prescriptions.Safety.Rules;

namespace Careline.Prescriptions.Safety.Checks;

/// <summary>Whether a line orders more of an ingredient than the data allows at a time, a day or a week, at the patient's age and weight.</summary>
internal static class DoseCheck
{
    public static void Make(SafetyWork work)
    {
        foreach (var line in work.New)
        {
            if (line.Line.IsLocal)
            {
                work.Gap(SafetyKind.Dose, line.Line, "amounts for the skin, the eye or the ear are not read");
                continue;
            }

            for (var i = 0; i < line.Ingredients.Length; i++)
            {
                if (line.Ingredients[i] >= 0 && Complaint(work, line, i) is { } why)
                {
                    work.Gap(SafetyKind.Dose, line.Line, $"{line.Line.Ingredients[i].Name}: {why}");
                }
            }
        }
    }

    // Makes the check; what it answers is why it could not be made.
    private static string? Complaint(SafetyWork work, NumberedLine line, int i)
    {
        var id = line.Ingredients[i];
        var all = work.Tables.Doses[id];
        if (all.Length == 0)
        {
            return "the data holds no highest dose";
        }

        if (all.Any(limit => limit is { From: not null } or { Below: not null }) && work.Facts.BirthDate is null)
        {
            return "the highest dose depends on the age, which is not known";
        }

        var limits = all.Where(limit => Applies(limit, line.Line, work.Facts)).ToArray();
        if (limits.Length == 0)
        {
            return "the data holds no highest dose for this age and route";
        }

        var (dose, why) = DoseReader.Read(line.Line, line.Line.Ingredients[i], work.Facts.WeightKg);
        if (dose is not { } ordered)
        {
            return why;
        }

        string? gap = null;
        foreach (var limit in limits)
        {
            gap ??= Compare(work, line.Line, work.Tables.Names[id], ordered, limit);
        }

        return gap;
    }

    // A route that nobody states could be any: then every limit counts.
    private static bool Applies(DoseLimit limit, MedicineLine line, PatientFacts facts) =>
        (limit.Route is null || DoseRoute.Of(line) is not { } route || limit.Route == route)
        && (limit.From is not { } from || from.IsReached(facts.BirthDate!.Value, facts.Today))
        && (limit.Below is not { } below || !below.IsReached(facts.BirthDate!.Value, facts.Today));

    private static string? Compare(SafetyWork work, MedicineLine line, string ingredient, IngredientDose ordered, DoseLimit limit)
    {
        var (single, daily, weekly, singlePerKg, dailyPerKg) = limit.Amounts;
        var weight = work.Facts.WeightKg;
        var over = new List<string>();
        Over(ordered.SingleMg, single, "at a time");
        Over(ordered.DailyMg, daily, "a day");
        Over(ordered.WeeklyMg, weekly, "a week");
        Over(ordered.SingleMg, singlePerKg * weight, "at a time at this weight");
        Over(ordered.DailyMg, dailyPerKg * weight, "a day at this weight");
        if (over.Count > 0)
        {
            work.Find(SafetyKind.Dose, limit.Rule, [line], [ingredient], string.Join(' ', over));
        }

        return (singlePerKg ?? dailyPerKg) is not null && weight is null ? "the highest dose depends on the weight, which is not known"
            : ordered.DailyMg is null && (daily ?? weekly ?? dailyPerKg) is not null ? "it is not said how often it is taken at most"
            : null;

        void Over(decimal? amount, decimal? most, string when)
        {
            if (amount > most)
            {
                over.Add(string.Create(CultureInfo.InvariantCulture, $"{amount:0.###} mg {when} is more than {most:0.###} mg."));
            }
        }
    }
}
