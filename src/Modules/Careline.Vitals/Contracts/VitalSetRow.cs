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

    /// <summary>The account of the person who measured, or who paired the device that did.</summary>
    public Guid RecordedBy { get; init; }

    /// <summary>The device that measured, if one did by itself.</summary>
    public Guid? DeviceId { get; init; }

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

    /// <summary>How hard a child works to breathe.</summary>
    public string? RespiratoryEffort => Text(Measure.RespiratoryEffort);

    /// <summary>Seconds.</summary>
    public decimal? CapillaryRefill => Value(Measure.CapillaryRefill);

    /// <summary>L/min.</summary>
    public decimal? OxygenFlow => Value(Measure.OxygenFlow);

    /// <summary>%.</summary>
    public decimal? OxygenConcentration => Value(Measure.OxygenConcentration);

    /// <summary>Body mass index, kg/m², one decimal; null without weight and height of the same moment.</summary>
    public decimal? Bmi { get; init; }

    /// <summary>National Early Warning Score 2; null where <see cref="News2Why"/> says why.</summary>
    public int? News2Score { get; init; }

    /// <summary>Clinical risk by that score.</summary>
    public News2Risk? News2Risk { get; init; }

    /// <summary>The scale by which oxygen saturation was scored: 2 where a doctor set the target of 88 to 92 %, else 1.</summary>
    public int? News2Scale { get; init; }

    /// <summary>Why there is no NEWS2.</summary>
    public NoScore? News2Why { get; init; }

    /// <summary>Bedside PEWS, the score of children; null where <see cref="PewsWhy"/> says why.</summary>
    public int? PewsScore { get; init; }

    /// <summary>Why there is no Bedside PEWS.</summary>
    public NoScore? PewsWhy { get; init; }

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

    /// <summary>On which side of the patient's own target it lay; null within it, and where there was none.</summary>
    public TargetSide? Flag { get; init; }
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

    /// <summary>How hard a child works to breathe.</summary>
    RespiratoryEffort,

    /// <summary>Capillary refill time.</summary>
    CapillaryRefill,

    /// <summary>Flow of supplemental oxygen.</summary>
    OxygenFlow,

    /// <summary>Concentration of supplemental oxygen.</summary>
    OxygenConcentration,
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

/// <summary>Why there is no early-warning score: a number all the same would mislead.</summary>
public enum NoScore
{
    /// <summary>Something that it needs was not measured: a missing value must not count as a normal one.</summary>
    Incomplete,

    /// <summary>The patient is under 16 years of age.</summary>
    Child,

    /// <summary>The patient is 16 or older.</summary>
    Adult,

    /// <summary>The patient is pregnant, or has just given birth.</summary>
    Pregnancy,

    /// <summary>The birth date is not known.</summary>
    AgeUnknown,

    /// <summary>A device measured by itself: nobody looked at the patient.</summary>
    Device,
}

/// <summary>On which side of a target a value lies.</summary>
public enum TargetSide
{
    /// <summary>Below it.</summary>
    BelowTarget,

    /// <summary>Above it.</summary>
    AboveTarget,
}
