using System.Text.RegularExpressions;

namespace Careline.Portal.Language;

/// <summary>
/// What laboratories found, as people read it. A laboratory may send another unit than the test's own, in which alone its usual range is known: a value never stands
/// beside a range of another unit without being said in that one too.
/// </summary>
public static partial class LabNumbers
{
    /// <summary>What was found, in the unit that was sent and, where that is another, in the test's own.</summary>
    /// <param name="reading">The reading of a result.</param>
    /// <param name="decimals">How many decimals people read the test with, in its own unit.</param>
    /// <param name="show">As the reader writes numbers.</param>
    public static string Found(Thing reading, long? decimals, Show show)
    {
        if (reading.Number("value") is not { } value)
        {
            return reading.Text("answer") is { Length: > 0 } answer ? answer : reading.Text("text");
        }

        var sign = reading.Text("comparator") switch { "less_than" => "< ", "at_most" => "≤ ", "at_least" => "≥ ", "greater_than" => "> ", _ => "" };
        var said = $"{sign}{show.Exact(value)} {Unit(reading.Text("unit"))}".TrimEnd();
        return reading.Text("unit") != reading.Text("canonical_unit") && reading.Text("unit").Length > 0 && reading.Number("canonical_value") is { } own
            ? show.Whole($"{said} ({sign}{show.Number(Math.Round(own, (int)(decimals ?? 2)))} {Unit(reading.Text("canonical_unit"))})") : show.Whole(said);
    }

    /// <summary>What is usual, with its unit; empty where nobody knows.</summary>
    public static string Usual(Thing reading, Words words, Show show)
    {
        string With(decimal end) => show.Whole($"{show.Exact(end)} {Unit(reading.Text("canonical_unit"))}".TrimEnd());
        return (reading.Number("low"), reading.Number("high")) switch
        {
            ({ } low, { } high) => words["usual: {0} to {1}", show.Exact(low), With(high)],
            ({ } low, null) => words["usual: at least {0}", With(low)],
            (null, { } high) => words["usual: at most {0}", With(high)],
            _ => "",
        };
    }

    /// <summary>A unit of UCUM as it stands in print, such as 10⁹/L for <c>10*9/L</c>.</summary>
    public static string Unit(string ucum)
    {
        var text = ucum.Replace("{SG}", "", StringComparison.Ordinal).Replace("{1.73_m2}", "1.73 m²", StringComparison.Ordinal).Replace("10*12", "10¹²", StringComparison.Ordinal)
            .Replace("10*9", "10⁹", StringComparison.Ordinal).Replace("10*6", "10⁶", StringComparison.Ordinal).Replace("10*3", "10³", StringComparison.Ordinal);
        return Marks().Replace(Micro().Replace(text, "µ").Replace("{", " ", StringComparison.Ordinal), "").Trim();
    }

    [GeneratedRegex(@"(?<![A-Za-z\[])u(?=mol|g|L|kat|\[IU\])")]
    private static partial Regex Micro();

    [GeneratedRegex(@"[}\[\]]")]
    private static partial Regex Marks();
}
