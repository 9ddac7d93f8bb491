using Careline.Prescriptions.Safety.Rules;

namespace Careline.Prescriptions.Safety.Checks;

/// <summary>The same ingredient twice, or two of a class of which one is enough.</summary>
internal static class DuplicateCheck
{
    private static readonly SafetyRule _same = new(
        "DUP-INGREDIENT", SafetySeverity.Major, "The same ingredient is in both: the doses add up.",
        "Keep one of the two, or stop the older one.", "Careline");

    private static readonly SafetyRule _renewed = _same with
    {
        Severity = SafetySeverity.Moderate,
        Mechanism = "The patient takes this ingredient already.",
        Advice = "Going on with it is one thing, taking both another: tell the patient which.",
    };

    public static void Make(SafetyWork work)
    {
        for (var i = 0; i < work.New.Length; i++)
        {
            for (var j = i + 1; j < work.All.Length; j++)
            {
                Between(work, work.New[i], work.All[j]);
            }
        }
    }

    private static void Between(SafetyWork work, NumberedLine one, NumberedLine other)
    {
        var shared = one.Ingredients.Where(id => id >= 0 && other.Ingredients.Contains(id)).Select(id => work.Tables.Names[id]).ToArray();
        if (shared.Length > 0)
        {
            work.Find(SafetyKind.Duplicate, other.Line.MayBeContinued ? _renewed : _same, [one.Line, other.Line], shared);
            return;
        }

        HashSet<SafetyRule>? seen = null;
        foreach (var a in one.Ingredients.Where(id => id >= 0 && work.Tables.Duplicates[id].Length > 0))
        {
            foreach (var b in other.Ingredients.Where(id => id >= 0))
            {
                foreach (var rule in work.Tables.Duplicates[a])
                {
                    if (Array.IndexOf(work.Tables.Duplicates[b], rule) >= 0 && (seen ??= []).Add(rule))
                    {
                        work.Find(SafetyKind.Duplicate, rule, [one.Line, other.Line], [work.Tables.Names[a], work.Tables.Names[b]]);
                    }
                }
            }
        }
    }
}
