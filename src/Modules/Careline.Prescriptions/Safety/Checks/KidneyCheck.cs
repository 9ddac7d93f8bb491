namespace Careline.Prescriptions.Safety.Checks;

/// <summary>Whether the patient's kidneys excrete enough for a medicine.</summary>
internal static class KidneyCheck
{
    public static void Make(SafetyWork work)
    {
        foreach (var line in work.New)
        {
            foreach (var id in line.Ingredients.Where(id => id >= 0 && work.Tables.Kidneys[id].Length > 0))
            {
                if (work.Facts.KidneyFunction is not { } function)
                {
                    if (!line.Line.IsLocal)
                    {
                        work.Gap(SafetyKind.Kidney, line.Line, $"{work.Tables.Names[id]}: the kidney function is not known");
                    }

                    continue;
                }

                var worst = work.Tables.Kidneys[id].Where(rule => function < rule.Below).OrderByDescending(rule => rule.Rule.Severity).ThenBy(rule => rule.Below).FirstOrDefault();
                if (worst is not null)
                {
                    work.Find(SafetyKind.Kidney, worst.Rule, [line.Line], [work.Tables.Names[id]]);
                }
            }
        }
    }
}
