namespace Careline.Prescriptions.Contracts;

/// <summary>Whether a medicine is named after what is in it.</summary>
public enum MedicineKind
{
    /// <summary>It is: the international non-proprietary name.</summary>
    Generic,

    /// <summary>It is not: a maker's name.</summary>
    Brand,
}

/// <summary>Whose word an entry of the catalogue is.</summary>
public enum MedicineOrigin
{
    /// <summary>It came with a release of Careline.</summary>
    Starter,

    /// <summary>This site wrote, brought or corrected it.</summary>
    Site,
}

/// <summary>One ingredient of a medicine.</summary>
/// <param name="Ingredient">Its generic name.</param>
/// <param name="Strength">In one unit, such as <c>500 mg</c>; null where it is not stated.</param>
public sealed record MedicinePart(
    [Required, StringLength(200, MinimumLength = 1)] string Ingredient,
    [StringLength(60)] string? Strength = null);
