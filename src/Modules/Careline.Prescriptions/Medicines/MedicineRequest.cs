namespace Careline.Prescriptions.Medicines;

/// <summary>What an administrator says of a medicine.</summary>
/// <param name="Name">The generic name, or the brand's.</param>
/// <param name="Kind">generic, brand.</param>
/// <param name="Composition">The ingredients; a generic of one ingredient may leave it out.</param>
/// <param name="AtcCodes">WHO ATC codes of the fifth level.</param>
/// <param name="Forms">Dose forms.</param>
/// <param name="Strengths">Usual strengths.</param>
/// <param name="Routes">How it is given.</param>
/// <param name="Synonyms">Other names by which it is recognised.</param>
/// <param name="Maker">Who makes a brand.</param>
/// <param name="Country">Where a brand is sold, ISO 3166-1 alpha-2.</param>
/// <param name="Source">Where this is written.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MedicineRequest(
    [Required, StringLength(200, MinimumLength = 1)] string Name,
    MedicineKind Kind = MedicineKind.Generic,
    [MaxLength(20)] IReadOnlyList<MedicinePart>? Composition = null,
    [MaxLength(20)] IReadOnlyList<string>? AtcCodes = null,
    [MaxLength(10)] IReadOnlyList<MedicineForm>? Forms = null,
    [MaxLength(50)] IReadOnlyList<string>? Strengths = null,
    [MaxLength(20)] IReadOnlyList<string>? Routes = null,
    [MaxLength(50)] IReadOnlyList<string>? Synonyms = null,
    [StringLength(200)] string? Maker = null,
    [StringLength(2)] string? Country = null,
    [StringLength(200)] string? Source = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        IEnumerable<object?>[] lists = [Composition ?? [], AtcCodes ?? [], Strengths ?? [], Routes ?? [], Synonyms ?? []];
        return lists.Any(list => list.Contains(null)) ? [new ValidationResult("A list holds null.", ["Body"])]
            : MedicineRules.FaultsOf(Entry()).Select(fault => new ValidationResult(fault, ["Body"]));
    }

    internal static MedicineRequest Of(Medicine medicine) => new(
        medicine.Name,
        medicine.Kind,
        medicine.Parts,
        medicine.AtcCodes,
        [.. medicine.Forms.Select(form => EnumText<MedicineForm>.TryParse(form, out var known) ? known : MedicineForm.Other)],
        medicine.Strengths,
        medicine.Routes,
        medicine.Synonyms,
        medicine.Maker,
        medicine.Country,
        medicine.Source);

    internal MedicineEntry Entry() => new(Name, Kind)
    {
        Composition = Composition ?? [],
        AtcCodes = AtcCodes ?? [],
        Forms = Forms ?? [],
        Strengths = Strengths ?? [],
        Routes = Routes ?? [],
        Synonyms = Synonyms ?? [],
        Maker = Maker,
        Country = Country,
        Source = Source ?? "This site",
    };
}
