using Careline.Labs.Units;

namespace Careline.Labs.Catalogue;

/// <summary>A test of the catalogue.</summary>
/// <param name="Code">The practice's own short code, such as <c>HB</c>.</param>
/// <param name="Name">As people read it.</param>
/// <param name="Category">The part of the laboratory.</param>
/// <param name="Kind">What a result is made of.</param>
/// <param name="Specimen">What is taken.</param>
/// <param name="Loinc">Its LOINC code: by it results of other systems are recognised.</param>
/// <param name="OtherLoincs">Codes of the same analyte in another unit or by another method whose results count as this test's.</param>
/// <param name="Container">The tube or cup.</param>
/// <param name="FastingHours">Hours without food before it.</param>
/// <param name="Preparation">What else the patient does before it.</param>
/// <param name="Price">What it costs.</param>
/// <param name="TurnaroundHours">Hours until a result, as a rule.</param>
/// <param name="Unit">UCUM unit in which results are compared and shown together.</param>
/// <param name="Decimals">Digits after the point.</param>
/// <param name="MolarMass">g/mol, where results come by mass and by amount of substance.</param>
/// <param name="Valence">Charges of an ion, where results come in equivalents.</param>
/// <param name="Answers">The possible answers of a coded test.</param>
/// <param name="AbnormalAnswers">Those among them that are not normal.</param>
/// <param name="IsActive">Whether it can be ordered.</param>
/// <param name="Ranges">Reference ranges; none means that results are not judged.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record LabTestRequest(
    [Required, RegularExpression("[A-Z0-9][A-Z0-9_.-]{0,29}", ErrorMessage = "Capital letters, digits, points, hyphens; at most 30.")] string Code,
    [Required, MaxLength(200)] string Name,
    TestCategory Category,
    ResultKind Kind,
    Specimen Specimen,
    [MaxLength(10)] string? Loinc = null,
    [MaxLength(10)] IReadOnlyList<string>? OtherLoincs = null,
    [MaxLength(200)] string? Container = null,
    [Range(0, 72)] int? FastingHours = null,
    [MaxLength(2000)] string? Preparation = null,
    Price? Price = null,
    [Range(1, 2160)] int? TurnaroundHours = null,
    [MaxLength(40)] string? Unit = null,
    [Range(0, 6)] int? Decimals = null,
    [Range(1.0, 1_000_000.0)] decimal? MolarMass = null,
    [Range(1, 4)] int? Valence = null,
    [MaxLength(50)] IReadOnlyList<string>? Answers = null,
    [MaxLength(50)] IReadOnlyList<string>? AbnormalAnswers = null,
    bool IsActive = true,
    [MaxLength(60)] IReadOnlyList<TestRangeForm>? Ranges = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Loinc is not null && !Catalogue.Loinc.IsValid(Loinc))
        {
            yield return new ValidationResult("Is no LOINC code: its check digit does not fit.", [nameof(Loinc)]);
        }

        if (OtherLoincs?.Any(code => code is null || !Catalogue.Loinc.IsValid(code)) == true)
        {
            yield return new ValidationResult("One of them is no LOINC code.", [nameof(OtherLoincs)]);
        }

        if (Kind == ResultKind.Numeric && (Unit is null || UnitTable.Find(Unit) is null))
        {
            yield return new ValidationResult("A numeric test needs a unit that Careline can compare, such as mmol/L.", [nameof(Unit)]);
        }

        if (Kind == ResultKind.Coded && Answers is not { Count: > 1 })
        {
            yield return new ValidationResult("A coded test needs at least two answers.", [nameof(Answers)]);
        }

        if ((Answers ?? []).Concat(AbnormalAnswers ?? []).Any(answer => string.IsNullOrWhiteSpace(answer) || answer.Length > 100)
            || AbnormalAnswers?.Except(Answers ?? []).Any() == true)
        {
            yield return new ValidationResult("Are among the answers, each of 1 to 100 characters.", [nameof(AbnormalAnswers)]);
        }

        if (Ranges?.Contains(null!) == true || (Kind != ResultKind.Numeric && Ranges is { Count: > 0 }))
        {
            yield return new ValidationResult("Only numbers have reference ranges, and none of those is null.", [nameof(Ranges)]);
        }
    }
}

/// <summary>A reference range of a test.</summary>
/// <param name="Sex">For whom; absent means both.</param>
/// <param name="FromDays">Age in days from which it counts.</param>
/// <param name="UntilDays">First day of life on which it does not count any more.</param>
/// <param name="IsPregnant">For pregnant people alone.</param>
/// <param name="Low">Below it is low.</param>
/// <param name="High">Above it is high.</param>
/// <param name="CriticalLow">At it or below somebody has to act at once.</param>
/// <param name="CriticalHigh">At it or above somebody has to act at once.</param>
/// <param name="Source">Where the numbers are from.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TestRangeForm(
    RangeSex? Sex = null,
    [Range(0, 60_000)] int FromDays = 0,
    [Range(1, 60_000)] int? UntilDays = null,
    bool IsPregnant = false,
    [Range(-1_000_000_000.0, 1_000_000_000.0)] decimal? Low = null,
    [Range(-1_000_000_000.0, 1_000_000_000.0)] decimal? High = null,
    [Range(-1_000_000_000.0, 1_000_000_000.0)] decimal? CriticalLow = null,
    [Range(-1_000_000_000.0, 1_000_000_000.0)] decimal? CriticalHigh = null,
    [MaxLength(300)] string? Source = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        decimal?[] limits = [CriticalLow, Low, High, CriticalHigh];
        var said = limits.OfType<decimal>().ToList();
        if (said.Count == 0)
        {
            yield return new ValidationResult("Say at least one limit.", [nameof(Low)]);
        }

        if (!said.SequenceEqual(said.Order()))
        {
            yield return new ValidationResult("The limits go up: critical_low, low, high, critical_high.", [nameof(Low)]);
        }

        if (UntilDays <= FromDays)
        {
            yield return new ValidationResult("Must lie after from_days.", [nameof(UntilDays)]);
        }

        if (IsPregnant && Sex == RangeSex.Male)
        {
            yield return new ValidationResult("A range for pregnant people is not for men.", [nameof(IsPregnant)]);
        }
    }
}
