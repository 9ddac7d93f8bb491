namespace Careline.Labs.Catalogue;

/// <summary>LOINC codes: digits, a hyphen, and a check digit by the modulus 10 of Luhn (LOINC Users' Guide, appendix on check digits).</summary>
internal static class Loinc
{
    /// <summary>Whether a text is a code whose check digit fits: most slips of a finger are found by it.</summary>
    public static bool IsValid(string text)
    {
        if (text.Length is < 3 or > 9 || text[^2] != '-' || text[0] == '0' || !text.Where((_, i) => i != text.Length - 2).All(char.IsAsciiDigit))
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < text.Length - 2; i++)
        {
            var digit = text[text.Length - 3 - i] - '0';
            var weighed = i % 2 == 0 ? digit * 2 : digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }

        return (10 - (sum % 10)) % 10 == text[^1] - '0';
    }
}
