using System.Collections.Frozen;

namespace Careline.Vitals.Observations;

/// <summary>How each measure is coded (LOINC) and in which unit it is kept (UCUM).</summary>
internal static class Terms
{
    private static readonly FrozenDictionary<Measure, Term> _terms = new Dictionary<Measure, Term>
    {
        [Measure.Systolic] = new("8480-6", "mm[Hg]"),
        [Measure.Diastolic] = new("8462-4", "mm[Hg]"),
        [Measure.HeartRate] = new("8867-4", "/min"),
        [Measure.Temperature] = new("8310-5", "Cel"),
        [Measure.RespiratoryRate] = new("9279-1", "/min"),
        [Measure.OxygenSaturation] = new("59408-5", "%"),
        [Measure.Weight] = new("29463-7", "kg"),
        [Measure.Height] = new("8302-2", "cm"),
        [Measure.BloodGlucose] = new("2339-0", "mg/dL"),
        [Measure.PainScore] = new("72514-3", "{score}"),

        // "Level of responsiveness": the code for AVPU (80288-4) has no word for new confusion.
        [Measure.Consciousness] = new("67775-7", null),

        // LOINC codes the flow and the concentration of oxygen, not the bare fact.
        [Measure.OnOxygen] = new(null, null),

        // The words of one score.
        [Measure.RespiratoryEffort] = new(null, null),
        [Measure.CapillaryRefill] = new(null, "s"),
        [Measure.OxygenFlow] = new("3151-8", "L/min"),
        [Measure.OxygenConcentration] = new("3150-6", "%"),
    }.ToFrozenDictionary();

    public static Term Of(Measure measure) => _terms[measure];
}

internal sealed record Term(string? Code, string? Unit);
