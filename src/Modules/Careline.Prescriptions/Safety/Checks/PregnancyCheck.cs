using Careline.Prescriptions.Safety.Rules;

namespace Careline.Prescriptions.Safety.Checks;

/// <summary>Whether a medicine harms an unborn child.</summary>
internal static class PregnancyCheck
{
    public static void Make(SafetyWork work) => ChildCheck.Make(
        work, SafetyKind.Pregnancy, work.Facts.IsPregnant, work.Tables.Pregnancy, "whether the patient is pregnant");
}

/// <summary>Whether a medicine harms a breast-fed child.</summary>
internal static class BreastFeedingCheck
{
    public static void Make(SafetyWork work) => ChildCheck.Make(
        work, SafetyKind.BreastFeeding, work.Facts.IsBreastFeeding, work.Tables.BreastFeeding, "whether the patient breast-feeds");
}

/// <summary>What both have in common: a fact that holds, does not hold or is not known, and an answer of the data or none.</summary>
file static class ChildCheck
{
    public static void Make(SafetyWork work, SafetyKind kind, bool? holds, IReadOnlyList<SafetyRule?> rules, string question)
    {
        if (holds == false)
        {
            return;
        }

        var asked = false;
        foreach (var line in work.New)
        {
            foreach (var id in line.Ingredients.Where(id => id >= 0))
            {
                if (holds is null)
                {
                    // Once for all lines: a gap for each would drown the others.
                    asked |= rules[id] is not { Severity: null or SafetySeverity.Minor };
                }
                else if (rules[id] is not { } rule)
                {
                    work.Gap(kind, line.Line, $"{work.Tables.Names[id]}: the data does not say");
                }
                else if (rule.Severity is not null)
                {
                    work.Find(kind, rule, [line.Line], [work.Tables.Names[id]]);
                }
            }
        }

        if (asked)
        {
            work.Gap(kind, null, $"it is not known {question}");
        }
    }
}
