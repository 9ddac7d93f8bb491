using System.Text.RegularExpressions;

namespace Careline.Prescriptions.Safety.Doses;

/// <summary>What one unit of a product holds: <c>500 mg</c>, <c>250 mg/5 ml</c>, <c>100 micrograms/dose</c>.</summary>
/// <param name="Milligrams">mg in one piece or one ml.</param>
/// <param name="Per">What that is of.</param>
internal readonly partial record struct Concentration(decimal Milligrams, AmountUnit Per)
{
    public static Concentration? Read(string? text)
    {
        if (text is null || text.Length > 60 || Whole().Match(text.Trim().ToLowerInvariant()) is not { Success: true } match
            || Amount.Number(match.Groups["number"].Value) is not { } number
            || Amount.UnitOf(match.Groups["unit"].Value) is not (AmountUnit.Milligrams, var factor))
        {
            return null;
        }

        if (!match.Groups["per"].Success)
        {
            return new Concentration(number * factor, AmountUnit.Pieces);
        }

        var count = match.Groups["count"].Value is { Length: > 0 } text2 ? Amount.Number(text2) : 1;
        var per = match.Groups["per"].Value is "dose" ? (AmountUnit.Pieces, 1m) : Amount.UnitOf(match.Groups["per"].Value);
        return count is { } of && per is var (unit, _) && unit != AmountUnit.Milligrams ? new Concentration(number * factor / of, unit) : null;
    }

    [GeneratedRegex(@"^(?<number>[0-9][0-9.,]*) ?(?<unit>[a-zµμ]+)(?: ?(?:/|per|in) ?(?<count>[0-9][0-9.]*)? ?(?<per>[a-z]+))?$")]
    private static partial Regex Whole();
}
