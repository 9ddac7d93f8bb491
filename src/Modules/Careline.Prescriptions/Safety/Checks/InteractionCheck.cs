using Careline.Prescriptions.Safety.Rules;

namespace Careline.Prescriptions.Safety.Checks;

/// <summary>Each new medicine with each other one and with each that the patient takes.</summary>
internal static class InteractionCheck
{
    public static void Make(SafetyWork work)
    {
        var found = new Dictionary<SafetyRule, List<string>>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < work.New.Length; i++)
        {
            for (var j = i + 1; j < work.All.Length; j++)
            {
                Between(work, work.New[i], work.All[j], found);
            }
        }
    }

    // One finding for each rule and pair of lines, however many of their ingredients it concerns.
    private static void Between(SafetyWork work, NumberedLine one, NumberedLine other, Dictionary<SafetyRule, List<string>> found)
    {
        found.Clear();
        foreach (var a in one.Ingredients)
        {
            foreach (var b in other.Ingredients)
            {
                if (a >= 0 && b >= 0 && a != b && work.Tables.Interactions.TryGetValue(SafetyTables.Pair(a, b), out var rule))
                {
                    var names = found.TryGetValue(rule, out var known) ? known : found[rule] = [];
                    names.Add(work.Tables.Names[a]);
                    names.Add(work.Tables.Names[b]);
                }
            }
        }

        foreach (var (rule, names) in found)
        {
            work.Find(SafetyKind.Interaction, rule, [one.Line, other.Line], [.. names.Distinct()]);
        }
    }
}
