using System.Text.Json.Serialization;

namespace Careline.Vitals.Contracts;

/// <summary>What was measured of a patient at one moment.</summary>
public sealed record VitalSetRow
{
    /// <summary>The set.</summary>
    public Guid Id { get; init; }

    /// <summary>The patient.</summary>
    public Guid PatientId { get; init; }

    /// <summary>The visit it was measured in, if any.</summary>
    public Guid? ConsultationId { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>The account of the person who measured.</summary>
    public Guid RecordedBy { get; init; }

    /// <summary>mmHg.</summary>
    public decimal? Systolic => Value(Measure.Systolic);

    /// <summary>mmHg.</summary>
    public decimal? Diastolic => Value(Measure.Diastolic);

    /// <summary>Beats a minute.</summary>
    public decimal? HeartRate => Value(Measure.HeartRate);

    /// <summary>°C.</summary>
    public decimal? Temperature => Value(Measure.Temperature);

    /// <summary>Breaths a minute.</summary>
    public decimal? RespiratoryRate => Value(Measure.RespiratoryRate);

    /// <summary>%.</summary>
    public decimal? OxygenSaturation => Value(Measure.OxygenSaturation);

    /// <summary>kg.</summary>
    public decimal? Weight => Value(Measure.Weight);

    /// <summary>cm.</summary>
    public decimal? Height => Value(Measure.Height);

    /// <summary>mg/dL.</summary>
    public decimal? BloodGlucose => Value(Measure.BloodGlucose);

    /// <summary>0 to 10.</summary>
    public decimal? PainScore => Value(Measure.PainScore);

    /// <summary>The ACVPU word.</summary>
    public string? Consciousness => Text(Measure.Consciousness);

    /// <summary>Whether on supplemental oxygen.</summary>
    public bool? OnOxygen => Text(Measure.OnOxygen) is { } text ? text == "true" : null;

    /// <summary>Body mass index, kg/m², one decimal; null without weight and height of the same moment.</summary>
    public decimal? Bmi { get; init; }

    /// <summary>National Early Warning Score 2, SpO2 scale 1; null unless all seven inputs were measured, and below 16 years of age.</summary>
    public int? News2Score { get; init; }

    /// <summary>Clinical risk by that score.</summary>
    public News2Risk? News2Risk { get; init; }

    /// <summary>The observations one by one, coded and with units.</summary>
    public IReadOnlyList<ObservationRow> Observations
    {
        get;
        init => field = [.. value.OrderBy(o => o.Measure)];
    } = [];

    private decimal? Value(Measure measure) => Observations.FirstOrDefault(o => o.Measure == measure)?.Value;

    private string? Text(Measure measure) => Observations.FirstOrDefault(o => o.Measure == measure)?.Text;
}

/// <summary>One observation.</summary>
public sealed record ObservationRow
{
    /// <summary>What was measured.</summary>
    public Measure Measure { get; init; }

    /// <summary>LOINC code, where there is one.</summary>
    public string? Code { get; init; }

    /// <summary>The value, where it is a number.</summary>
    public decimal? Value { get; init; }

    /// <summary>The value, where it is a word.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>UCUM unit of a number.</summary>
    public string? Unit { get; init; }
}

/// <summary>What can be measured.</summary>
public enum Measure
{
    /// <summary>Systolic blood pressure.</summary>
    Systolic,

    /// <summary>Diastolic blood pressure.</summary>
    Diastolic,

    /// <summary>Heart rate.</summary>
    HeartRate,

    /// <summary>Body temperature.</summary>
    Temperature,

    /// <summary>Respiratory rate.</summary>
    RespiratoryRate,

    /// <summary>Oxygen saturation by pulse oximetry.</summary>
    OxygenSaturation,

    /// <summary>Body weight.</summary>
    Weight,

    /// <summary>Body height.</summary>
    Height,

    /// <summary>Blood glucose.</summary>
    BloodGlucose,

    /// <summary>Pain, 0 to 10.</summary>
    PainScore,

    /// <summary>Level of consciousness.</summary>
    Consciousness,

    /// <summary>Breathing supplemental oxygen.</summary>
    OnOxygen,
}

/// <summary>Clinical risk by NEWS2 (Royal College of Physicians, 2017, chart 2).</summary>
public enum News2Risk
{
    /// <summary>Total 0 to 4.</summary>
    Low,

    /// <summary>Total 0 to 4 with 3 in a single parameter.</summary>
    LowMedium,

    /// <summary>Total 5 or 6.</summary>
    Medium,

    /// <summary>Total 7 or more.</summary>
    High,
}
