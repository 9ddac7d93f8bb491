namespace Careline.Prescriptions.Safety;

/// <summary>One medicine as the checks see it.</summary>
internal sealed record MedicineLine
{
    /// <summary>Whatever the caller finds its line by.</summary>
    public Guid? Id { get; init; }

    /// <summary>As the prescriber or the patient names it.</summary>
    public required string Name { get; init; }

    /// <summary>What is in it; empty where that is not known, and then nothing of it is checked.</summary>
    public IReadOnlyList<LineIngredient> Ingredients { get; init; } = [];

    public string? Strength { get; init; }

    public string? Dosage { get; init; }

    public string? Frequency { get; init; }

    public string? Route { get; init; }

    public MedicineForm? Form { get; init; }

    /// <summary>What about the medicine is doubtful, such as a code that contradicts the name.</summary>
    public string? Doubt { get; init; }

    /// <summary>
    /// It is taken already, and what is prescribed may go on with it: it stands in the patient's own list, or its course is near its end. The same again is
    /// then a renewal more often than a mistake.
    /// </summary>
    public bool MayBeContinued { get; init; }

    /// <summary>Whether it is put where it is to act: skin, eye, ear or nose. Little of it then reaches the blood.</summary>
    public bool IsLocal => (Form is MedicineForm.Cream or MedicineForm.Ointment || LocalRoutes.Contains(Route)) && !Ingredients.Any(part => LocalRoutes.IsAbsorbed(part.Name));
}

/// <summary>One active ingredient of a medicine.</summary>
/// <param name="Name">The generic name, as the catalogue of medicines spells it.</param>
/// <param name="Strength">In one unit of the product, such as <c>500 mg</c>; null where only the line says it.</param>
internal sealed record LineIngredient(string Name, string? Strength = null);

/// <summary>The words for routes by which a medicine acts where it is put.</summary>
internal static class LocalRoutes
{
    private static readonly HashSet<string> _words = new(StringComparer.OrdinalIgnoreCase)
    {
        "topical", "cutaneous", "skin", "transepidermal", "ophthalmic", "eye", "conjunctival", "otic", "auricular", "ear", "scalp",
    };

    // Given to the skin so that it reaches the blood.
    private static readonly HashSet<string> _absorbed = new(StringComparer.OrdinalIgnoreCase)
    {
        "glyceryl trinitrate", "isosorbide dinitrate", "estradiol", "testosterone", "fentanyl", "buprenorphine", "nicotine", "clonidine", "rivastigmine", "hyoscine hydrobromide", "rotigotine", "oxybutynin",
    };

    public static bool IsAbsorbed(string ingredient) => _absorbed.Contains(ingredient);

    public static bool Contains(string? route) => route is not null && _words.Contains(route.Trim());
}
