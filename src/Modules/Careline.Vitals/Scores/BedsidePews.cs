namespace Careline.Vitals.Scores;

/// <summary>
/// The Bedside Paediatric Early Warning System score (Parshuram, Hutchison, Middaugh, Critical Care 2009, 13:R135, table 1): seven items, 0 to 26 points. At 8 it told
/// children who were about to need intensive care from others with a sensitivity of 82 and a specificity of 93 %. Table 1 prints two cells with a strict sign where all
/// their neighbours count from the number itself (a pulse over 150 at 4 to 12 years, under 50 from 12 years on): they are counted from the number here, the graver reading.
/// </summary>
internal static class BedsidePews
{
    /// <summary>From here on somebody is called at once.</summary>
    public const int Critical = 8;

    // By band: the bounds of 1, 2 and 4 points, upwards and downwards.
    private static readonly Limits[] _pulse =
    [
        new(150, 180, 190, 110, 90, 80), new(150, 170, 180, 100, 80, 70), new(120, 150, 170, 90, 70, 60), new(110, 130, 150, 70, 60, 50), new(100, 120, 140, 60, 50, 40),
    ];

    private static readonly Limits[] _systolic =
    [
        new(80, 100, 130, 60, 50, 45), new(100, 120, 150, 80, 70, 60), new(110, 125, 160, 90, 75, 65), new(120, 140, 170, 90, 80, 70), new(130, 150, 190, 100, 85, 75),
    ];

    private static readonly Limits[] _breaths =
    [
        new(61, 81, 91, 29, 19, 15), new(51, 71, 81, 24, 19, 15), new(41, 61, 71, 19, 15, 12), new(31, 41, 51, 19, 14, 10), new(17, 23, 30, 11, 10, 9),
    ];

    /// <summary>The score, or null unless all seven items were measured.</summary>
    public static int? Of(VitalMeasurements vitals, AgeBand band) =>
        vitals is
        {
            HeartRate: { } pulse, Systolic: { } systolic, CapillaryRefill: { } refill, RespiratoryRate: { } breaths, RespiratoryEffort: { } effort, OxygenSaturation: { } saturation,
        }
        && Oxygen(vitals) is { } oxygen
            ? Pulse(pulse, band) + Systolic(systolic, band) + Refill(refill) + Breaths(breaths, band) + Effort(effort) + Saturation(saturation) + oxygen
            : null;

    public static int Pulse(int perMinute, AgeBand band) => _pulse[(int)band].Points(perMinute);

    public static int Systolic(int mmHg, AgeBand band) => _systolic[(int)band].Points(mmHg);

    public static int Breaths(int perMinute, AgeBand band) => _breaths[(int)band].Points(perMinute);

    public static int Refill(decimal seconds) => seconds < 3 ? 0 : 4;

    public static int Effort(RespiratoryEffort effort) => effort switch
    {
        RespiratoryEffort.Normal => 0,
        RespiratoryEffort.Mild => 1,
        RespiratoryEffort.Moderate => 2,
        _ => 4,
    };

    /// <summary>Over 94, 91 to 94, 90 and less; a fraction counts as the percent below it, the worse reading.</summary>
    public static int Saturation(decimal percent) => decimal.Floor(percent) switch { <= 90 => 2, <= 94 => 1, _ => 0 };

    /// <summary>Room air, less than 4 L/min or 50 %, or more; null where oxygen is given and nobody said how much.</summary>
    public static int? Oxygen(VitalMeasurements vitals) => vitals switch
    {
        { OnOxygen: false } => 0,
        { OnOxygen: true, OxygenFlow: >= 4 } or { OnOxygen: true, OxygenConcentration: >= 50 } => 4,
        { OnOxygen: true, OxygenFlow: not null } or { OnOxygen: true, OxygenConcentration: not null } => 2,
        _ => null,
    };

    private sealed record Limits(int HighOne, int HighTwo, int HighFour, int LowOne, int LowTwo, int LowFour)
    {
        public int Points(int value) =>
            value >= HighFour || value <= LowFour ? 4
            : value >= HighTwo || value <= LowTwo ? 2
            : value >= HighOne || value <= LowOne ? 1 : 0;
    }
}

/// <summary>The bands of age by which Bedside PEWS judges.</summary>
internal enum AgeBand
{
    UnderThreeMonths,
    UnderOneYear,
    UnderFourYears,
    UnderTwelveYears,
    FromTwelveYears,
}

/// <summary>How old somebody is, as the scores ask.</summary>
internal static class Age
{
    public static bool IsUnder(DateOnly birthDate, int years, DateOnly today) => birthDate > today.AddYears(-years);

    public static AgeBand BandOf(DateOnly birthDate, DateOnly today) =>
        birthDate > today.AddMonths(-3) ? AgeBand.UnderThreeMonths
        : IsUnder(birthDate, 1, today) ? AgeBand.UnderOneYear
        : IsUnder(birthDate, 4, today) ? AgeBand.UnderFourYears
        : IsUnder(birthDate, 12, today) ? AgeBand.UnderTwelveYears
        : AgeBand.FromTwelveYears;
}
