using System.Text;

namespace Careline.Labs.Hl7;

/// <summary>The escapes of HL7 v2.5.1, section 2.7. One that is not known, or has no end, stays as it was sent.</summary>
internal static class Hl7Escapes
{
    private const int LongestEscape = 40;

    /// <summary>The text that was meant.</summary>
    public static string Open(string text, Hl7Separators separators)
    {
        var at = text.IndexOf(separators.Escape, StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        var opened = new StringBuilder(text.Length);
        var from = 0;
        while (at >= 0)
        {
            var end = text.IndexOf(separators.Escape, at + 1);
            if (end < 0 || end - at > LongestEscape)
            {
                break;
            }

            opened.Append(text, from, at - from).Append(Meaning(text[(at + 1)..end], separators) ?? text[at..(end + 1)]);
            from = end + 1;
            at = from < text.Length ? text.IndexOf(separators.Escape, from) : -1;
        }

        return opened.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>A text as it may stand in a component.</summary>
    public static string Close(string text, Hl7Separators separators)
    {
        var closed = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var name = c == separators.Field ? 'F'
                : c == separators.Component ? 'S'
                : c == separators.Repetition ? 'R'
                : c == separators.Subcomponent ? 'T'
                : c == separators.Escape ? 'E' : '\0';
            _ = name != '\0' ? closed.Append(separators.Escape).Append(name).Append(separators.Escape) : closed.Append(char.IsControl(c) ? ' ' : c);
        }

        return closed.ToString();
    }

    private static string? Meaning(string escape, Hl7Separators separators) => escape switch
    {
        "F" => separators.Field.ToString(),
        "S" => separators.Component.ToString(),
        "T" => separators.Subcomponent.ToString(),
        "R" => separators.Repetition.ToString(),
        "E" => separators.Escape.ToString(),
        "H" or "N" => "",
        ".br" or ".ce" or ".sp" => "\n",
        ['X', .. var hex] => Bytes(hex),
        ['.', 's', 'p', .. var count] when int.TryParse(count.TrimStart('+'), NumberStyles.None, CultureInfo.InvariantCulture, out var lines) && lines <= 20 => new string('\n', lines),
        ['.', 'i' or 't' or 'f' or 'n', ..] => "",
        _ => null,
    };

    // Bytes of the message's character set; only those of ASCII mean the same in all, and none of them may break a line or end a text.
    private static string? Bytes(string hex)
    {
        if (hex.Length % 2 != 0 || !hex.All(char.IsAsciiHexDigit))
        {
            return null;
        }

        var text = new StringBuilder();
        for (var i = 0; i < hex.Length; i += 2)
        {
            var value = int.Parse(hex.AsSpan(i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (value is 0x0D or 0x0A)
            {
                text.Append('\n');
            }
            else if (value is < 0x20 or > 0x7E)
            {
                return null;
            }
            else
            {
                text.Append((char)value);
            }
        }

        return text.ToString();
    }
}
