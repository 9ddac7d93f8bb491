using System.Collections.Frozen;

namespace Careline.Labs.Units;

/// <summary>What a unit measures.</summary>
internal enum UnitDimension
{
    /// <summary>Mass in a volume; one is g/L.</summary>
    MassConcentration,

    /// <summary>Amount of substance in a volume; one is mol/L.</summary>
    MolarConcentration,

    /// <summary>Charges in a volume; one is eq/L.</summary>
    ChargeConcentration,

    /// <summary>Things in a volume; one is 1/L.</summary>
    NumberConcentration,

    /// <summary>Activity or international units in a volume; one is U/L. Only ever compared within one analyte, where both mean the same.</summary>
    ActivityConcentration,

    /// <summary>Part of a whole; one is 1.</summary>
    Fraction,

    /// <summary>A unit that is converted to no other.</summary>
    Itself,
}

/// <summary>A unit: what it measures, and how many of its dimension's one it is.</summary>
internal sealed record Unit(string Code, UnitDimension Dimension, decimal Factor);

/// <summary>
/// The units that Careline can compare: UCUM codes and the spellings of them that laboratories send. Whatever is not here is kept as it came and compared with
/// nothing. Factors are exact.
/// </summary>
internal static class UnitTable
{
    private static readonly FrozenDictionary<string, Unit> _units = Build();

    /// <summary>The unit that a text means, or null. Case counts, as it does in UCUM, but for the few spellings that are listed.</summary>
    public static Unit? Find(string? text) => text is not null && _units.TryGetValue(text.Trim(), out var unit) ? unit : null;

    /// <summary>What a number without a unit means for a test of this unit: where the unit is only a word for having none, the same; otherwise nothing.</summary>
    public static string? AbsentMeans(string? unit) => Find(unit) is { Code: "1" or "{INR}" or "[pH]" or "{index}" or "{SG}" } ? unit : null;

    private static FrozenDictionary<string, Unit> Build()
    {
        var units = new Dictionary<string, Unit>(StringComparer.Ordinal);

        Add(UnitDimension.MassConcentration, 1m, "g/L", "g/l");
        Add(UnitDimension.MassConcentration, 10m, "g/dL", "g/dl", "g%", "gm/dL");
        Add(UnitDimension.MassConcentration, 0.01m, "mg/dL", "mg/dl", "mg%");
        Add(UnitDimension.MassConcentration, 0.001m, "mg/L", "mg/l", "ug/mL", "ug/ml", "µg/mL", "μg/mL", "mcg/mL");
        Add(UnitDimension.MassConcentration, 0.00001m, "ug/dL", "ug/dl", "µg/dL", "μg/dL", "mcg/dL");
        Add(UnitDimension.MassConcentration, 0.000001m, "ug/L", "ug/l", "µg/L", "μg/L", "mcg/L", "ng/mL", "ng/ml");
        Add(UnitDimension.MassConcentration, 0.00000001m, "ng/dL", "ng/dl");
        Add(UnitDimension.MassConcentration, 0.000000001m, "ng/L", "ng/l", "pg/mL", "pg/ml");

        Add(UnitDimension.MolarConcentration, 1m, "mol/L");
        Add(UnitDimension.MolarConcentration, 0.001m, "mmol/L", "mmol/l", "mM", "umol/mL");
        Add(UnitDimension.MolarConcentration, 0.000001m, "umol/L", "umol/l", "µmol/L", "μmol/L", "µmol/l", "mcmol/L", "nmol/mL");
        Add(UnitDimension.MolarConcentration, 0.000000001m, "nmol/L", "nmol/l", "pmol/mL");
        Add(UnitDimension.MolarConcentration, 0.000000000001m, "pmol/L", "pmol/l");

        Add(UnitDimension.ChargeConcentration, 0.001m, "meq/L", "mEq/L", "mEq/l", "meq/l");

        Add(UnitDimension.NumberConcentration, 1m, "/L");
        Add(UnitDimension.NumberConcentration, 1_000_000m, "/uL", "/ul", "/µL", "/mm3", "cells/uL", "cells/µL", "{cells}/uL", "/cmm");
        Add(
            UnitDimension.NumberConcentration, 1_000_000_000m,
            "10*9/L", "10^9/L", "x10^9/L", "x10*9/L", "10*3/uL", "10^3/uL", "10^3/µL", "x10^3/uL", "10*3/mm3", "10^3/mm3", "K/uL", "k/uL", "G/L");
        Add(
            UnitDimension.NumberConcentration, 1_000_000_000_000m,
            "10*12/L", "10^12/L", "x10^12/L", "x10*12/L", "10*6/uL", "10^6/uL", "10^6/µL", "x10^6/uL", "10*6/mm3", "M/uL", "T/L");
        Add(UnitDimension.NumberConcentration, 1000m, "{copies}/mL", "copies/mL", "/mL", "[CFU]/mL", "CFU/mL");

        Add(UnitDimension.ActivityConcentration, 1m, "U/L", "U/l", "IU/L", "[IU]/L", "m[IU]/mL", "mIU/mL", "mU/mL");
        Add(UnitDimension.ActivityConcentration, 1000m, "[IU]/mL", "IU/mL", "U/mL", "k[IU]/L", "kIU/L", "kU/L");
        Add(UnitDimension.ActivityConcentration, 0.001m, "m[IU]/L", "mIU/L", "mU/L", "u[IU]/mL", "uIU/mL", "µIU/mL", "μIU/mL", "uU/mL");

        Add(UnitDimension.Fraction, 1m, "1", "L/L", "{ratio}");
        Add(UnitDimension.Fraction, 0.01m, "%");

        foreach (var itself in (string[][])[
            ["fL", "fl"], ["pg"], ["s", "sec"], ["mm/h", "mm/hr"], ["[pH]", "pH"], ["{INR}", "INR"], ["mm[Hg]", "mmHg"], ["mosm/kg", "mOsm/kg"], ["mmol/mol"],
            ["mg/g", "mg/g{creat}"], ["mg/mmol"], ["mL/min/{1.73_m2}", "mL/min/1.73m2", "mL/min/1.73 m2"], ["/[HPF]", "/HPF", "/hpf"], ["/[LPF]", "/LPF", "/lpf"],
            ["ug/L{FEU}", "ng/mL{FEU}", "ng/mL FEU", "ug/L FEU"], ["{index}"], ["{SG}"], ["[IU]"]])
        {
            Add(UnitDimension.Itself, 1m, itself);
        }

        return units.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(UnitDimension dimension, decimal factor, params string[] spellings)
        {
            foreach (var spelling in spellings)
            {
                units.Add(spelling, new Unit(spellings[0], dimension, factor));
            }
        }
    }
}
