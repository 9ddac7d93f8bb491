namespace Careline.Prescriptions.Prescriptions;

/// <summary>What a doctor writes on a prescription.</summary>
/// <param name="Lines">The medicines, in order; none while it is only begun.</param>
/// <param name="GeneralAdvice">What else the patient should do.</param>
/// <param name="DietAdvice">What to eat.</param>
/// <param name="FluidAdvice">What to drink.</param>
/// <param name="LifestyleAdvice">How to live.</param>
/// <param name="NextVisit">When to come again.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PrescriptionSheet(
    [MaxLength(PrescriptionSheet.MostLines)] IReadOnlyList<MedicationOrder> Lines,
    [MaxLength(4000)] string? GeneralAdvice = null,
    [MaxLength(4000)] string? DietAdvice = null,
    [MaxLength(4000)] string? FluidAdvice = null,
    [MaxLength(4000)] string? LifestyleAdvice = null,
    DateOnly? NextVisit = null) : IValidatableObject
{
    internal const int MostLines = 50;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => NoNull(Lines, nameof(Lines));

    internal static IEnumerable<ValidationResult> NoNull<T>(IEnumerable<T>? list, string name)
        where T : class =>
        list?.Contains(null!) == true ? [new ValidationResult("The list holds null.", [name])] : [];

    internal static PrescriptionSheet Of(Prescription prescription) => new(
        [.. prescription.Lines.OrderBy(l => l.Position).Select(l => l.Order)],
        prescription.GeneralAdvice,
        prescription.DietAdvice,
        prescription.FluidAdvice,
        prescription.LifestyleAdvice,
        prescription.NextVisit);
}
