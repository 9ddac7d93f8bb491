using Microsoft.Extensions.Validation;

namespace Careline.Vitals.Contracts;

/// <summary>
/// Vital signs as sent: any of them, at least one. A value outside the plausible range is refused, since a mistyped one would be acted upon; that of grown-ups
/// is narrower than what is checked here, which holds for the smallest child.
/// </summary>
/// <param name="Systolic">Systolic blood pressure, mmHg.</param>
/// <param name="Diastolic">Diastolic blood pressure, mmHg.</param>
/// <param name="HeartRate">Beats a minute.</param>
/// <param name="Temperature">Body temperature, °C.</param>
/// <param name="RespiratoryRate">Breaths a minute.</param>
/// <param name="OxygenSaturation">By pulse oximetry, %.</param>
/// <param name="Weight">Body weight, kg.</param>
/// <param name="Height">Body height, cm.</param>
/// <param name="BloodGlucose">mg/dL.</param>
/// <param name="PainScore">0 (none) to 10, as the patient says.</param>
/// <param name="Consciousness">The ACVPU word.</param>
/// <param name="OnOxygen">Whether the patient breathes supplemental oxygen.</param>
/// <param name="RespiratoryEffort">How hard a child works to breathe.</param>
/// <param name="CapillaryRefill">Seconds until colour comes back after pressing.</param>
/// <param name="OxygenFlow">Supplemental oxygen, L/min.</param>
/// <param name="OxygenConcentration">Supplemental oxygen, %.</param>
#pragma warning disable ASP0029 // The validator's own attribute: the record is the body of a route in another module.
[ValidatableType]
#pragma warning restore ASP0029
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record VitalMeasurements(
    [Range(20, 300)] int? Systolic = null,
    [Range(10, 200)] int? Diastolic = null,
    [Range(30, 250)] int? HeartRate = null,
    [Measurement(30, 45, 2)] decimal? Temperature = null,
    [Range(1, 120)] int? RespiratoryRate = null,
    [Measurement(70, 100, 1)] decimal? OxygenSaturation = null,
    [Measurement(0.001, 500, 3)] decimal? Weight = null,
    [Measurement(50, 250, 2)] decimal? Height = null,
    [Measurement(10, 1000, 1)] decimal? BloodGlucose = null,
    [Range(0, 10)] int? PainScore = null,
    Consciousness? Consciousness = null,
    bool? OnOxygen = null,
    RespiratoryEffort? RespiratoryEffort = null,
    [Measurement(0, 20, 1)] decimal? CapillaryRefill = null,
    [Measurement(0.1, 100, 1)] decimal? OxygenFlow = null,
    [Measurement(21, 100, 1)] decimal? OxygenConcentration = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (this == new VitalMeasurements())
        {
            yield return new ValidationResult("Send at least one vital sign.", ["Body"]);
        }

        if (Diastolic >= Systolic)
        {
            yield return new ValidationResult("Must be below the systolic pressure.", [nameof(Diastolic)]);
        }

        if (OnOxygen != true && (OxygenFlow is not null || OxygenConcentration is not null))
        {
            yield return new ValidationResult("Must be true where a flow or a concentration is given.", [nameof(OnOxygen)]);
        }
    }
}

/// <summary>How a patient responds: the ACVPU scale of NEWS2.</summary>
public enum Consciousness
{
    /// <summary>Awake and oriented.</summary>
    Alert,

    /// <summary>New confusion.</summary>
    Confusion,

    /// <summary>Responds to voice.</summary>
    Voice,

    /// <summary>Responds to pain.</summary>
    Pain,

    /// <summary>Does not respond.</summary>
    Unresponsive,
}

/// <summary>How hard a child works to breathe (Bedside PEWS).</summary>
public enum RespiratoryEffort
{
    /// <summary>Not at all.</summary>
    Normal,

    /// <summary>A little.</summary>
    Mild,

    /// <summary>Clearly.</summary>
    Moderate,

    /// <summary>Very hard, or breathing stops at times.</summary>
    Severe,
}

/// <summary>A number within a plausible range, with at most so many digits after the point as an instrument can show.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class MeasurementAttribute(double minimum, double maximum, int decimals) : RangeAttribute(minimum, maximum)
{
    /// <summary>Digits after the point.</summary>
    public int Decimals { get; } = decimals;

    /// <inheritdoc />
    public override bool IsValid(object? value) =>
        value is not decimal number || (base.IsValid(number) && decimal.Round(number, Decimals) == number && number.Scale <= 9);

    /// <inheritdoc />
    public override string FormatErrorMessage(string name) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"Must be from {Minimum} to {Maximum}, with at most {Decimals} digits after the point.");
}
