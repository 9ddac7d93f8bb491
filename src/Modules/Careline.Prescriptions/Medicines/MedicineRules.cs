using System.Text.RegularExpressions;

namespace Careline.Prescriptions.Medicines;

/// <summary>What must be true of an entry of the catalogue, whether it comes in a table or a request.</summary>
internal static partial class MedicineRules
{
    private const int Longest = 200;

    public static IEnumerable<string> FaultsOf(MedicineEntry entry)
    {
        if (MedicineNames.Key(entry.Name).Length == 0)
        {
            yield return "The name is missing.";
        }

        var texts = entry.Synonyms.Concat(entry.Strengths).Concat(entry.Routes).Append(entry.Name).Append(entry.Source)
            .Concat(entry.Composition.SelectMany(part => new[] { part.Ingredient, part.Strength ?? "" })).Append(entry.Maker ?? "");
        if (texts.Any(text => text.Length > Longest || text.Contains('\0', StringComparison.Ordinal)))
        {
            yield return $"A text has at most {Longest} characters.";
        }

        if (entry.Kind == MedicineKind.Brand && entry.Composition.Count == 0)
        {
            yield return "A brand needs its composition.";
        }

        if (entry.Composition.Any(part => MedicineNames.Key(part.Ingredient).Length == 0))
        {
            yield return "An ingredient has no name.";
        }

        foreach (var code in entry.AtcCodes.Where(code => !AtcCode().IsMatch(code)))
        {
            yield return $"'{code}' is no ATC code of seven characters such as J01CA04.";
        }

        if (entry.Country is { } country && !Country().IsMatch(country))
        {
            yield return $"'{country}' is no two-letter ISO 3166 code.";
        }
    }

    [GeneratedRegex("^[A-Z][0-9]{2}[A-Z]{2}[0-9]{2}$")]
    private static partial Regex AtcCode();

    [GeneratedRegex("^[A-Z]{2}$")]
    private static partial Regex Country();
}
