using System.Text.RegularExpressions;

namespace Careline.Payments.Payments;

/// <summary>Finds what must never be written down (PCI DSS 3.3): a card's number in a text.</summary>
internal static partial class CardNumber
{
    private const int Fewest = 13;
    private const int Most = 19;

    /// <summary>
    /// Whether somewhere in a text 13 to 19 figures pass the check of ISO/IEC 7812-1: in one piece, or in pieces with a blank, a dash or a point between them.
    /// </summary>
    public static bool IsIn(string? text)
    {
        var pieces = new List<string>();
        foreach (Match match in Pieces().Matches(text ?? ""))
        {
            if (!match.Groups["joined"].Success)
            {
                pieces.Clear();
            }

            pieces.Add(match.Groups["figures"].Value);
            if (Enumerable.Range(0, pieces.Count).Any(from => Passes(string.Concat(pieces.Skip(from)))))
            {
                return true;
            }
        }

        return false;
    }

    // Luhn: every second figure from the right counts twice, cast to one figure.
    private static bool Passes(string figures)
    {
        if (figures.Length is < Fewest or > Most)
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < figures.Length; i++)
        {
            var figure = figures[^(i + 1)] - '0';
            sum += i % 2 == 0 ? figure : (figure * 2 / 10) + (figure * 2 % 10);
        }

        return sum % 10 == 0;
    }

    [GeneratedRegex("(?<joined>(?<=[0-9])[ .-])?(?<figures>[0-9]+)")]
    private static partial Regex Pieces();
}
