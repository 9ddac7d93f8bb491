namespace Careline.Doctors.Practices;

/// <summary>What a visit costs in one way to meet.</summary>
/// <param name="Modality">How the two meet.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Currency">ISO 4217 code.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PracticeFeeForm(
    Modality Modality,
    [Range(0L, 1_000_000_000L)] long Amount,
    [Required, RegularExpression("^[A-Z]{3}$", ErrorMessage = "Must be a three-letter ISO 4217 code.")] string Currency);

/// <summary>On which terms a doctor practises at a clinic; replaces all that was said.</summary>
/// <param name="Fees">One for each way to meet; where there is none, the doctor's own fee holds.</param>
/// <param name="Specializations">Of the doctor's own, as slugs or names; all of them where it is left out.</param>
/// <param name="AcceptsPatients">Whether patients may book there.</param>
/// <param name="SlotMinutes">How long a visit there lasts; where it is left out, as long as elsewhere.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PracticeRequest(
    [MaxLength(4)] IReadOnlyList<PracticeFeeForm>? Fees = null,
    [MaxLength(5)] IReadOnlyList<string>? Specializations = null,
    bool AcceptsPatients = true,
    [Range(5, 240)] int? SlotMinutes = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Fees is not null && (Fees.Contains(null!) || Fees.DistinctBy(f => f.Modality).Count() != Fees.Count))
        {
            yield return new ValidationResult("One fee for each way to meet.", [nameof(Fees)]);
        }

        if (Specializations is not null && Specializations.Any(s => string.IsNullOrWhiteSpace(s) || s.Length > 100))
        {
            yield return new ValidationResult("Each is 1 to 100 characters long.", [nameof(Specializations)]);
        }
    }
}

/// <summary>What a doctor does at a clinic.</summary>
public sealed record PracticeResponse : IVersioned
{
    /// <summary>The clinic.</summary>
    public required Guid ClinicId { get; init; }

    /// <summary>Its name.</summary>
    public required string ClinicName { get; init; }

    /// <summary>What a visit costs there, where it is not the doctor's own fee.</summary>
    public required IReadOnlyList<PracticeFeeForm> Fees { get; init; }

    /// <summary>Names of the specialties there.</summary>
    public required IReadOnlyList<string> Specializations { get; init; }

    /// <summary>Whether patients may book there.</summary>
    public required bool AcceptsPatients { get; init; }

    /// <summary>How long a visit there lasts; null for as long as elsewhere.</summary>
    public required int? SlotMinutes { get; init; }

    /// <inheritdoc />
    public required int Version { get; init; }
}
