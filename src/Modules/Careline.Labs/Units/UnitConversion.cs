namespace Careline.Labs.Units;

/// <summary>What is known of an analyte for converting its units.</summary>
/// <param name="MolarMass">g/mol.</param>
/// <param name="Valence">Charges of an ion.</param>
internal sealed record Analyte(decimal? MolarMass, int? Valence);

/// <summary>Converts a value between units of one analyte. What cannot be converted exactly is not converted at all.</summary>
internal static class UnitConversion
{
    /// <summary>Beyond it no measurement makes sense, and arithmetic might not.</summary>
    public const decimal Largest = 1_000_000_000_000m;

    private const decimal Widest = 1_000_000_000_000_000m;

    // More than any instrument shows, few enough to hide what a division cannot say.
    private const int Digits = 12;

    /// <summary>The value in another unit, or null.</summary>
    public static decimal? Convert(decimal value, string? from, string? to, Analyte analyte)
    {
        if (from is not null && from == to)
        {
            return value;
        }

        if (UnitTable.Find(from) is not { } source || UnitTable.Find(to) is not { } target || Math.Abs(value) > Largest)
        {
            return null;
        }

        if (source.Dimension == UnitDimension.Itself || target.Dimension == UnitDimension.Itself)
        {
            return source == target ? value : null;
        }

        if (Bridge(source.Dimension, target.Dimension, analyte) is not { } bridge)
        {
            return null;
        }

        var ratio = source.Factor * bridge.Over / (target.Factor * bridge.Under);
        return ratio > 1 && Math.Abs(value) > Widest / ratio ? null : Rounded(value * ratio);
    }

    // How many of the target's one are one of the source's; as a fraction, so that nothing is lost before the end.
    private static (decimal Over, decimal Under)? Bridge(UnitDimension from, UnitDimension to, Analyte analyte) => (from, to) switch
    {
        _ when from == to => (1m, 1m),
        (UnitDimension.MassConcentration, UnitDimension.MolarConcentration) when analyte.MolarMass is { } mass => (1m, mass),
        (UnitDimension.MolarConcentration, UnitDimension.MassConcentration) when analyte.MolarMass is { } mass => (mass, 1m),
        (UnitDimension.MolarConcentration, UnitDimension.ChargeConcentration) when analyte.Valence is { } valence => (valence, 1m),
        (UnitDimension.ChargeConcentration, UnitDimension.MolarConcentration) when analyte.Valence is { } valence => (1m, valence),
        (UnitDimension.MassConcentration, UnitDimension.ChargeConcentration) when analyte is { MolarMass: { } mass, Valence: { } valence } => (valence, mass),
        (UnitDimension.ChargeConcentration, UnitDimension.MassConcentration) when analyte is { MolarMass: { } mass, Valence: { } valence } => (mass, valence),
        _ => null,
    };

    private static decimal Rounded(decimal value)
    {
        var places = value == 0 ? 0 : Digits - 1 - (int)Math.Floor(Math.Log10((double)Math.Abs(value)));
        var rounded = decimal.Round(value, Math.Clamp(places, 0, 20), MidpointRounding.ToEven);

        // Without the zeros that the arithmetic left behind.
        return rounded / 1.0000000000000000000000000000m;
    }
}
