using System.Collections.Frozen;

namespace Careline.Vitals.Observations;

/// <summary>Turns a value into the unit in which its measure is kept (UCUM; beside it a few spellings that devices print).</summary>
internal static class Units
{
    // The exact pound and inch of 1959; the conventional millimetre of mercury, 133.322387415 Pa; glucose, 180.156 g/mol.
    private const decimal Pound = 0.45359237m;
    private const decimal Inch = 2.54m;
    private const decimal MercuryOfKilopascal = 1000m / 133.322387415m;
    private const decimal GlucoseOfMillimole = 18.0156m;

    private static readonly Dictionary<string, Func<decimal, decimal>> _pressure = new() { ["mm[Hg]"] = AsIs, ["mmHg"] = AsIs, ["kPa"] = v => v * MercuryOfKilopascal };

    private static readonly Dictionary<string, Func<decimal, decimal>> _rate =
        new() { ["/min"] = AsIs, ["{beats}/min"] = AsIs, ["{breaths}/min"] = AsIs, ["bpm"] = AsIs };

    private static readonly FrozenDictionary<Measure, Dictionary<string, Func<decimal, decimal>>> _units = new Dictionary<Measure, Dictionary<string, Func<decimal, decimal>>>
    {
        [Measure.Systolic] = _pressure,
        [Measure.Diastolic] = _pressure,
        [Measure.HeartRate] = _rate,
        [Measure.RespiratoryRate] = _rate,
        [Measure.Temperature] = new() { ["Cel"] = AsIs, ["°C"] = AsIs, ["[degF]"] = Celsius, ["°F"] = Celsius, ["K"] = v => v - 273.15m },
        [Measure.OxygenSaturation] = new() { ["%"] = AsIs },
        [Measure.Weight] = new() { ["kg"] = AsIs, ["g"] = v => v / 1000, ["[lb_av]"] = v => v * Pound, ["lb"] = v => v * Pound },
        [Measure.Height] = new() { ["cm"] = AsIs, ["m"] = v => v * 100, ["[in_i]"] = v => v * Inch, ["in"] = v => v * Inch },
        [Measure.BloodGlucose] = new() { ["mg/dL"] = AsIs, ["mmol/L"] = v => v * GlucoseOfMillimole },
    }.ToFrozenDictionary();

    /// <summary>The value as it is kept; null where the unit is none of the measure's.</summary>
    public static decimal? Kept(Measure measure, decimal value, string unit) =>
        _units.TryGetValue(measure, out var units) && units.TryGetValue(unit, out var turn)
            ? decimal.Round(turn(value), AcceptRange.Of(measure, isChild: false)!.Decimals, MidpointRounding.AwayFromZero)
            : null;

    private static decimal AsIs(decimal value) => value;

    private static decimal Celsius(decimal fahrenheit) => (fahrenheit - 32) * 5 / 9;
}
