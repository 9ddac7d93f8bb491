using Careline.Prescriptions.Safety.Checks;

namespace Careline.Prescriptions.Safety;

/// <summary>
/// Whether medicines are safe for a patient, as far as the data goes. A pure function: the same facts, lines and tables give the same report. It looks
/// at the new lines among themselves and against what the patient takes; what the patient takes already is not judged again by itself.
/// </summary>
internal static class SafetyEngine
{
    private const string DataMissing = "the safety data is missing or cannot be read";

    public static SafetyReport Check(PatientFacts facts, IReadOnlyList<MedicineLine> lines, IReadOnlyList<MedicineLine> current, SafetyTables tables)
    {
        var work = new SafetyWork(facts, lines, current, tables);
        if (tables.Lacks(SafetyKind.Everything))
        {
            work.Gap(new NotChecked(SafetyKind.Everything, null, DataMissing, IsWhole: true));
            return work.Report();
        }

        work.ReportUnknown();
        if (tables.LacksSiteRules)
        {
            work.Gap(SafetyKind.Interaction, null, "some rules of this site cannot be read");
        }

        Make(work, SafetyKind.Interaction, InteractionCheck.Make);
        Make(work, SafetyKind.Duplicate, DuplicateCheck.Make);
        Make(work, SafetyKind.Allergy, AllergyCheck.Make);
        Make(work, SafetyKind.Dose, DoseCheck.Make);
        Make(work, SafetyKind.Age, AgeCheck.Make);
        Make(work, SafetyKind.Kidney, KidneyCheck.Make);
        Make(work, SafetyKind.Pregnancy, PregnancyCheck.Make);
        Make(work, SafetyKind.BreastFeeding, BreastFeedingCheck.Make);
        return work.Report();
    }

    private static void Make(SafetyWork work, SafetyKind kind, Action<SafetyWork> check)
    {
        if (work.Tables.Lacks(kind))
        {
            work.Gap(kind, null, DataMissing);
        }
        else
        {
            check(work);
        }
    }
}
