namespace Careline.Prescriptions.Safety;

/// <summary>What the checks need to know of a patient. Null is "not known", which a check that needs it reports; it is never taken for "no".</summary>
internal sealed record PatientFacts
{
    /// <summary>The day on which it is checked, in UTC.</summary>
    public required DateOnly Today { get; init; }

    public DateOnly? BirthDate { get; init; }

    public decimal? WeightKg { get; init; }

    /// <summary>Creatinine clearance or estimated glomerular filtration rate, mL/min (or per 1.73 m²).</summary>
    public decimal? KidneyFunction { get; init; }

    public bool? IsPregnant { get; init; }

    public bool? IsBreastFeeding { get; init; }

    /// <summary>Null where nobody recorded any, nor that there are none.</summary>
    public IReadOnlyList<AllergyFact>? Allergies { get; init; }
}

/// <summary>Something the patient does not tolerate.</summary>
/// <param name="Text">As recorded.</param>
/// <param name="Ingredients">What the catalogue of medicines knows under this name or code; empty where it knows nothing.</param>
/// <param name="Code">In a code system, if known: an ATC code counts.</param>
internal sealed record AllergyFact(string Text, IReadOnlyList<string> Ingredients, string? Code = null);
