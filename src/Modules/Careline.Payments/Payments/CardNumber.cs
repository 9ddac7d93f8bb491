namespace Careline.Payments.Payments;

/// <summary>Finds what must never be written down (PCI DSS 3.3): a card's number in a text.</summary>
internal static class CardNumber
{
    private const int Fewest = 13;
    private const int Most = 19;

    /// <summary>Whether somewhere in a text 13 to 19 figures, with blanks or dashes between them or not, pass the check of ISO/IEC 7812-1.</summary>
    public static bool IsIn(string? text)
    {
        var run = new List<int>();
        foreach (var c in text ?? "")
        {
            if (char.IsAsciiDigit(c))
            {
                run.Add(c - '0');
            }
            else if (c is not (' ' or '-' or '.') && Holds(run))
            {
                return true;
            }
            else if (c is not (' ' or '-' or '.'))
            {
                run.Clear();
            }
        }

        return Holds(run);
    }

    private static bool Holds(List<int> figures)
    {
        for (var from = 0; from + Fewest <= figures.Count; from++)
        {
            for (var length = Fewest; length <= Most && from + length <= figures.Count; length++)
            {
                if (Passes(figures, from, length))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Luhn: every second figure from the right counts twice, cast to one figure.
    private static bool Passes(List<int> figures, int from, int length)
    {
        var sum = 0;
        for (var i = 0; i < length; i++)
        {
            var figure = figures[from + length - 1 - i];
            sum += i % 2 == 0 ? figure : (figure * 2 / 10) + (figure * 2 % 10);
        }

        return sum % 10 == 0;
    }
}
