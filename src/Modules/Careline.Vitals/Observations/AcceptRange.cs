using System.Collections.Frozen;

namespace Careline.Vitals.Observations;

/// <summary>Between which values a number is plausible of somebody who is grown up, and how many digits after the point an instrument shows.</summary>
/// <param name="Low">The least.</param>
/// <param name="High">The most.</param>
/// <param name="Decimals">Digits after the point.</param>
internal sealed record AcceptRange(decimal Low, decimal High, int Decimals)
{
    private static readonly FrozenDictionary<Measure, AcceptRange> _ranges = new Dictionary<Measure, AcceptRange>
    {
        [Measure.Systolic] = new(50, 300, 0),
        [Measure.Diastolic] = new(30, 200, 0),
        [Measure.HeartRate] = new(30, 250, 0),
        [Measure.Temperature] = new(30, 45, 2),
        [Measure.RespiratoryRate] = new(8, 60, 0),
        [Measure.OxygenSaturation] = new(70, 100, 1),
        [Measure.Weight] = new(0.001m, 500, 3),
        [Measure.Height] = new(50, 250, 2),
        [Measure.BloodGlucose] = new(10, 1000, 1),
    }.ToFrozenDictionary();

    // Small bodies breathe faster at a lower pressure.
    private static readonly FrozenDictionary<Measure, AcceptRange> _ofChildren = new Dictionary<Measure, AcceptRange>
    {
        [Measure.Systolic] = new(20, 300, 0),
        [Measure.Diastolic] = new(10, 200, 0),
        [Measure.RespiratoryRate] = new(1, 120, 0),
    }.ToFrozenDictionary();

    /// <summary>The range of a measure; null where it is no number that has one.</summary>
    public static AcceptRange? Of(Measure measure, bool isChild) =>
        isChild && _ofChildren.TryGetValue(measure, out var range) ? range : _ranges.GetValueOrDefault(measure);

    public bool Accepts(decimal value) => Low <= value && value <= High;

    /// <summary>Refuses of a grown-up what could only be so of a child.</summary>
    /// <exception cref="InvalidInput">Something lies outside.</exception>
    public static void Check(VitalMeasurements vitals)
    {
        var faults = new Dictionary<string, string[]>();
        Look("systolic", Measure.Systolic, vitals.Systolic);
        Look("diastolic", Measure.Diastolic, vitals.Diastolic);
        Look("respiratory_rate", Measure.RespiratoryRate, vitals.RespiratoryRate);
        if (faults.Count > 0)
        {
            throw new InvalidInput(faults);
        }

        void Look(string name, Measure measure, int? value)
        {
            if (value is { } number && Of(measure, isChild: false)! is var range && !range.Accepts(number))
            {
                faults[name] = [string.Create(CultureInfo.InvariantCulture, $"Must be from {range.Low} to {range.High}.")];
            }
        }
    }
}
