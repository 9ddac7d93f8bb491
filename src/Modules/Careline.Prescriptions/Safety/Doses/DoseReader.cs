using System.Text.RegularExpressions;

namespace Careline.Prescriptions.Safety.Doses;

/// <summary>How much of one ingredient a line orders.</summary>
/// <param name="SingleMg">At a time.</param>
/// <param name="PerDay">Times a day, on average; null where the line does not say.</param>
/// <param name="DailyMg">A day, on average; null where the line does not say.</param>
internal readonly record struct IngredientDose(decimal SingleMg, decimal? PerDay, decimal? DailyMg)
{
    public decimal? WeeklyMg => DailyMg * 7;
}

/// <summary>
/// Reads the dose of a line, from its structured words or from free text that leaves no doubt. What leaves a doubt is not read, and so not checked:
/// a dose that is guessed wrongly would be passed as safe.
/// </summary>
internal static partial class DoseReader
{
    public const string Unread = "the dose is not written in a way that can be read, such as 500 mg or 2 tablets of a stated strength";
    public const string NoWeight = "the dose is by body weight, and no weight is known";
    public const string NoStrength = "the strength of one unit is not stated";
    public const string Several = "the dose of a product with several ingredients can be read only as a number of units of known strengths";

    /// <summary>The dose of one ingredient of a line, or why it cannot be told.</summary>
    public static (IngredientDose? Dose, string? Why) Read(MedicineLine line, LineIngredient ingredient, decimal? weightKg)
    {
        var (amount, daily) = Order(line);
        if (amount is not { } single)
        {
            return (null, Unread);
        }

        if (Milligrams(line, ingredient, single, weightKg, out var why) is not { } mg)
        {
            return (null, why);
        }

        // What is ordered for a day in unequal parts is the sum of the parts.
        var perDay = daily / single.Value;
        return (new IngredientDose(mg, perDay, perDay * mg), null);
    }

    // One dose, and how much in its unit is ordered for a day.
    private static (Amount? Single, decimal? Daily) Order(MedicineLine line)
    {
        if (Pattern().Match(line.Dosage?.Trim() ?? "") is { Success: true } pattern)
        {
            var parts = pattern.Groups["part"].Captures.Select(part => decimal.Parse(part.Value, CultureInfo.InvariantCulture)).ToArray();
            var unit = pattern.Groups["unit"].Value is { Length: > 0 } word ? Amount.UnitOf(word.ToLowerInvariant()) : (AmountUnit.Pieces, 1m);
            var isDaily = Frequency.Read(line.Frequency) is not { Days: > 1 };
            return unit is var (of, factor) && parts.Max() > 0 && isDaily ? (new Amount(parts.Max() * factor, of, false), parts.Sum() * factor) : (null, null);
        }

        var amount = Amount.Read(line.Dosage);
        return (amount, amount?.Value * Frequency.Read(line.Frequency)?.PerDay);
    }

    private static decimal? Milligrams(MedicineLine line, LineIngredient ingredient, Amount single, decimal? weightKg, out string? why)
    {
        why = null;
        var isOnly = line.Ingredients.Count == 1;
        if (single.Unit == AmountUnit.Milligrams)
        {
            if (!isOnly)
            {
                why = Several;
                return null;
            }

            if (single.PerKg && weightKg is null)
            {
                why = NoWeight;
                return null;
            }

            return single.PerKg ? single.Value * weightKg : single.Value;
        }

        // The line's own strength says what is in the prescriber's hand; the catalogue's, of a product of several parts, what is in each.
        var strength = (isOnly ? Concentration.Read(line.Strength) : null) ?? Concentration.Read(ingredient.Strength);
        if (strength is not { } known || known.Per != single.Unit)
        {
            why = isOnly ? NoStrength : Several;
            return null;
        }

        return single.Value * known.Milligrams;
    }

    // 1-0-1: morning, noon, evening, and night where there are four.
    [GeneratedRegex(@"^(?<part>[0-9]{1,3}(\.[0-9]{1,2})?)( ?[-–+] ?(?<part>[0-9]{1,3}(\.[0-9]{1,2})?)){2,3} ?(?<unit>[A-Za-z]*)$")]
    private static partial Regex Pattern();
}
