using System.Text.RegularExpressions;

namespace Careline.Prescriptions.Safety.Doses;

/// <summary>What an amount is counted in.</summary>
internal enum AmountUnit
{
    /// <summary>Mass, always in mg.</summary>
    Milligrams,

    /// <summary>Volume, ml.</summary>
    Millilitres,

    /// <summary>Tablets, capsules, puffs, drops: whatever the strength is of.</summary>
    Pieces,
}

/// <summary>
/// How much, as a prescriber writes it: <c>500 mg</c>, <c>1 g</c>, <c>2 tablets</c>, <c>1-2 tablets</c>, <c>10 mg/kg</c>. Of a range the upper end counts.
/// A decimal comma is not read: in half of the world it means a thousand times as much.
/// </summary>
/// <param name="Value">The number in its unit.</param>
/// <param name="Unit">The unit.</param>
/// <param name="PerKg">For each kg of body weight.</param>
internal readonly partial record struct Amount(decimal Value, AmountUnit Unit, bool PerKg)
{
    private static readonly Dictionary<string, decimal> _words = new[]
    {
        (0.25m, "¼"), (0.25m, "1/4"), (0.5m, "half"), (0.5m, "half a"), (0.5m, "½"), (0.5m, "1/2"), (1m, "a"), (1m, "one"), (1.5m, "1½"), (1.5m, "1 1/2"),
        (1.5m, "one and a half"), (2m, "two"), (3m, "three"), (4m, "four"),
    }.ToDictionary(word => word.Item2, word => word.Item1, StringComparer.Ordinal);

    public static Amount? Read(string? text)
    {
        if (text is null || text.Length > 60 || Whole().Match(text.Trim().ToLowerInvariant()) is not { Success: true } match
            || Number(match.Groups["from"].Value) is not { } from)
        {
            return null;
        }

        var upTo = match.Groups["to"].Success ? Number(match.Groups["to"].Value) : from;
        if (upTo is not { } to || to < from || UnitOf(match.Groups["unit"].Value) is not var (unit, factor))
        {
            return null;
        }

        var perKg = match.Groups["kg"].Success;
        var times = match.Groups["times"].Success ? Number(match.Groups["times"].Value) : 1;
        return times is { } count && !(perKg && unit != AmountUnit.Milligrams) ? new Amount(to * factor * count, unit, perKg) : null;
    }

    internal static decimal? Number(string text) => _words.TryGetValue(text, out var word) ? word
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1_000_000 ? number
        : Thousands().IsMatch(text) ? decimal.Parse(text.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)
        : null;

    internal static (AmountUnit Unit, decimal Factor)? UnitOf(string unit) => unit switch
    {
        "mg" or "mgs" or "milligram" or "milligrams" => (AmountUnit.Milligrams, 1),
        "g" or "gm" or "gram" or "grams" => (AmountUnit.Milligrams, 1000),
        "mcg" or "µg" or "μg" or "ug" or "microgram" or "micrograms" => (AmountUnit.Milligrams, 0.001m),
        "ml" or "mls" or "millilitre" or "millilitres" or "milliliter" or "milliliters" or "cc" => (AmountUnit.Millilitres, 1),
        "tab" or "tabs" or "tablet" or "tablets" or "cap" or "caps" or "capsule" or "capsules" or "puff" or "puffs" or "actuation" or "actuations" or "spray" or "sprays"
            or "drop" or "drops" or "suppository" or "suppositories" or "sachet" or "sachets" or "ampoule" or "ampoules" or "vial" or "vials" or "patch" or "patches"
            or "lozenge" or "lozenges" or "pessary" or "pessaries" => (AmountUnit.Pieces, 1),
        _ => null,
    };

    // "5 ml spoonful" and the like are left out on purpose: what is not certain is not checked.
    [GeneratedRegex(@"^(?:(?<times>[0-9]+) ?[x×] ?)?(?<from>(?:one and a )?half(?: a)?|one|two|three|four|a|1½|½|¼|1 1/2|1/2|1/4|[0-9][0-9.,]*)(?: ?(?:-|–|to|or) ?(?<to>[0-9][0-9.,]*|two|three|four))? ?(?<unit>[a-zµμ]+)(?<kg> ?/ ?kg| per kg)?(?: ?(?:/ ?dose|per dose|each|at a time))?$")]
    private static partial Regex Whole();

    [GeneratedRegex("^[1-9][0-9]{0,2}(,[0-9]{3})+$")]
    private static partial Regex Thousands();
}
