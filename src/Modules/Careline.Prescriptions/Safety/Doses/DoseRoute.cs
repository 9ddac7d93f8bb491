namespace Careline.Prescriptions.Safety.Doses;

/// <summary>The ways in that the highest doses differ by.</summary>
internal static class DoseRoute
{
    private const string Other = "other";

    public static IReadOnlyList<string> All { get; } = ["oral", "parenteral", "rectal", "inhaled"];

    /// <summary>Of a line, from its route or else from a form that leaves no doubt; null where neither says anything.</summary>
    public static string? Of(MedicineLine line) => line.Route?.Trim().ToLowerInvariant() switch
    {
        "oral" or "po" or "p.o." or "by mouth" or "orally" or "per os" or "mouth" or "sublingual" or "buccal" => "oral",
        "iv" or "i.v." or "intravenous" or "im" or "i.m." or "intramuscular" or "sc" or "s.c." or "subcutaneous" or "parenteral" or "injection" or "infusion" => "parenteral",
        "rectal" or "pr" or "p.r." or "per rectum" => "rectal",
        "inhaled" or "inhalation" or "inh" or "nebulised" or "nebulized" => "inhaled",
        null or "" => line.Form switch
        {
            MedicineForm.Tablet or MedicineForm.Capsule or MedicineForm.Syrup => "oral",
            MedicineForm.Injection => "parenteral",
            MedicineForm.Inhaler => "inhaled",
            _ => null,
        },
        _ => Other,
    };
}
