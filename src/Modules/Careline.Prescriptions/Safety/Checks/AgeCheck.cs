namespace Careline.Prescriptions.Safety.Checks;

/// <summary>Whether the patient is of an age at which a medicine must not, or had better not, be given.</summary>
internal static class AgeCheck
{
    public static void Make(SafetyWork work)
    {
        foreach (var line in work.New)
        {
            foreach (var id in line.Ingredients.Where(id => id >= 0 && work.Tables.Ages[id].Length > 0))
            {
                if (work.Facts.BirthDate is not { } birthDate)
                {
                    work.Gap(SafetyKind.Age, line.Line, $"{work.Tables.Names[id]}: the age is not known");
                    continue;
                }

                var worst = work.Tables.Ages[id]
                    .Where(rule => rule.From?.IsReached(birthDate, work.Facts.Today) != false && rule.Below?.IsReached(birthDate, work.Facts.Today) != true)
                    .MaxBy(rule => rule.Rule.Severity);
                if (worst is not null)
                {
                    work.Find(SafetyKind.Age, worst.Rule, [line.Line], [work.Tables.Names[id]]);
                }
            }
        }
    }
}
