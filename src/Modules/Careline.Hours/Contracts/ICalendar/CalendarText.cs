using System.Text;

namespace Careline.Hours.Contracts.ICalendar;

/// <summary>
/// Writes iCalendar (RFC 5545): one content line after the other, folded at 75 octets and never within a character (section 3.1), texts escaped
/// (section 3.3.11), instants in UTC, which every reader understands without a zone of ours.
/// </summary>
public sealed class CalendarText
{
    private const int LongestLine = 75;

    private readonly StringBuilder _lines = new();

    /// <summary>A line whose value is written as it is.</summary>
    public CalendarText Line(string name, string value)
    {
        var octets = 0;
        foreach (var rune in $"{name}:{value}".EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LongestLine)
            {
                // The space that marks a continued line is one of its octets.
                _lines.Append("\r\n ");
                octets = 1;
            }

            _lines.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        _lines.Append("\r\n");
        return this;
    }

    /// <summary>A line of text for people. No line break of theirs can begin a line of ours.</summary>
    public CalendarText Text(string name, string text) => Line(name, Escape(text));

    /// <summary>An instant.</summary>
    public CalendarText Instant(string name, DateTimeOffset at) =>
        Line(name, at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));

    /// <inheritdoc />
    public override string ToString() => _lines.ToString();

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text.ReplaceLineEndings("\n"))
        {
            _ = c switch
            {
                '\\' or ';' or ',' => escaped.Append('\\').Append(c),
                '\n' => escaped.Append("\\n"),
                _ when char.IsControl(c) => escaped,
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }
}
