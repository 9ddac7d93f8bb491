namespace Careline.Vitals.Scores;

/// <summary>
/// National Early Warning Score 2 (Royal College of Physicians, 2017): chart 1 with both SpO2 scales, and the thresholds of chart 2. Scale 2 is for hypercapnic
/// respiratory failure, on a clinician's decision for the one patient. Not for children under 16, and not in pregnancy.
/// </summary>
internal static class News2
{
    public const int FromAge = 16;

    /// <summary>The score, or null unless all seven parameters were measured: a missing one must not count as normal.</summary>
    public static News2Result? Of(VitalMeasurements vitals, OxygenScale scale = OxygenScale.One) =>
        vitals is
        {
            RespiratoryRate: { } breaths, OxygenSaturation: { } saturation, OnOxygen: { } onOxygen, Systolic: { } systolic,
            HeartRate: { } pulse, Consciousness: { } consciousness, Temperature: { } temperature,
        }
            ? Total([
                Breaths(breaths), scale == OxygenScale.Two ? SaturationByScaleTwo(saturation, onOxygen) : Saturation(saturation), onOxygen ? 2 : 0, Systolic(systolic),
                Pulse(pulse), consciousness == Consciousness.Alert ? 0 : 3, Temperature(temperature)])
            : null;

    public static int Breaths(int perMinute) => perMinute switch { <= 8 => 3, <= 11 => 1, <= 20 => 0, <= 24 => 2, _ => 3 };

    /// <summary>The chart knows whole percents: a fraction counts as the percent below it, the worse reading.</summary>
    public static int Saturation(decimal percent) => decimal.Floor(percent) switch { <= 91 => 3, <= 93 => 2, <= 95 => 1, _ => 0 };

    /// <summary>
    /// Too much oxygen harms here, and scores too, but only where it is given. Between two whole percents the worse of them counts.
    /// </summary>
    public static int SaturationByScaleTwo(decimal percent, bool onOxygen)
    {
        return Math.Max(Cell((int)decimal.Floor(percent)), Cell((int)decimal.Ceiling(percent)));

        int Cell(int whole) => whole switch
        {
            <= 83 => 3,
            <= 85 => 2,
            <= 87 => 1,
            <= 92 => 0,
            _ when !onOxygen => 0,
            <= 94 => 1,
            <= 96 => 2,
            _ => 3,
        };
    }

    public static int Systolic(int mmHg) => mmHg switch { <= 90 => 3, <= 100 => 2, <= 110 => 1, <= 219 => 0, _ => 3 };

    public static int Pulse(int perMinute) => perMinute switch { <= 40 => 3, <= 50 => 1, <= 90 => 0, <= 110 => 1, <= 130 => 2, _ => 3 };

    /// <summary>The chart knows tenths of a degree: finer readings are rounded to them.</summary>
    public static int Temperature(decimal celsius) => decimal.Round(celsius, 1, MidpointRounding.AwayFromZero) switch
    {
        <= 35.0m => 3,
        <= 36.0m => 1,
        <= 38.0m => 0,
        <= 39.0m => 1,
        _ => 2,
    };

    private static News2Result Total(int[] scores)
    {
        var total = scores.Sum();
        var risk = total switch
        {
            >= 7 => News2Risk.High,
            >= 5 => News2Risk.Medium,
            _ => scores.Contains(3) ? News2Risk.LowMedium : News2Risk.Low,
        };
        return new News2Result(total, risk);
    }
}

internal sealed record News2Result(int Score, News2Risk Risk);

/// <summary>How oxygen saturation is scored.</summary>
internal enum OxygenScale
{
    One = 1,
    Two = 2,
}
