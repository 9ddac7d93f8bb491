using System.Text;

namespace Careline.Labs.Hl7;

/// <summary>Why bytes are no message that can be worked on.</summary>
/// <param name="Code">HL7 table 0357.</param>
/// <param name="Text">For people.</param>
/// <param name="Location">Where.</param>
internal sealed record Hl7Fault(string Code, string Text, string Location = "MSH^1");

/// <summary>
/// An HL7 v2 message: segments of fields, fields of repetitions, repetitions of components, components of subcomponents, as its own first segment says how they are
/// separated (HL7 v2.5.1, chapter 2). Nothing that is sent makes it throw: what it cannot read it says.
/// </summary>
internal sealed class Hl7Message
{
    private const int MostSegments = 20_000;
    private const int LongestName = 3;

    private static readonly UTF8Encoding _strictUtf8 = new(false, throwOnInvalidBytes: true);

    private Hl7Message(Hl7Separators separators, IReadOnlyList<Hl7Segment> segments) => (Separators, Segments) = (separators, segments);

    public Hl7Separators Separators { get; }

    public IReadOnlyList<Hl7Segment> Segments { get; }

    public Hl7Segment Header => Segments[0];

    /// <summary>Reads a message, or says why it cannot be read.</summary>
    public static (Hl7Message? Message, Hl7Fault? Fault) Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 8 || bytes[0] != 'M' || bytes[1] != 'S' || bytes[2] != 'H')
        {
            return (null, new Hl7Fault("100", "A message begins with MSH."));
        }

        var (text, fault) = Decode(bytes);
        return text is null ? (null, fault) : Read(text);
    }

    /// <summary>Reads a message from text.</summary>
    public static (Hl7Message? Message, Hl7Fault? Fault) Read(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return (null, new Hl7Fault("102", "A message holds no NUL."));
        }

        if (Hl7Separators.Of(text) is not { } separators)
        {
            return (null, new Hl7Fault("102", "MSH-1 and MSH-2 must name five different separators."));
        }

        var lines = text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length > MostSegments)
        {
            return (null, new Hl7Fault("207", "The message has too many segments."));
        }

        var segments = new List<Hl7Segment>(lines.Length);
        foreach (var line in lines)
        {
            if (line.Length < LongestName || !line.AsSpan(0, LongestName).ContainsOnlyNameCharacters() || (line.Length > LongestName && line[LongestName] != separators.Field))
            {
                return (null, new Hl7Fault("100", $"Line {segments.Count + 1} is no segment.", "MSH^1"));
            }

            if (segments.Count > 0 && line.StartsWith("MSH", StringComparison.Ordinal))
            {
                return (null, new Hl7Fault("100", "There are two messages in one.", "MSH^2"));
            }

            segments.Add(Hl7Segment.Of(line, separators));
        }

        return (new Hl7Message(separators, segments), null);
    }

    // MSH-18 names the character set; where it is silent UTF-8 serves, of which ASCII is a part.
    private static (string? Text, Hl7Fault? Fault) Decode(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
        var header = Encoding.Latin1.GetString(end < 0 ? bytes : bytes[..end]).Split((char)bytes[3]);
        var charset = header.Length > 17 ? header[17].Split('~')[0].Trim().ToUpperInvariant() : "";
        try
        {
            return charset switch
            {
                "" or "UNICODE UTF-8" or "UTF-8" or "ASCII" => (_strictUtf8.GetString(bytes), null),
                "8859/1" => (Encoding.Latin1.GetString(bytes), null),
                _ => (null, new Hl7Fault("103", "The character set of MSH-18 is not known here; send UNICODE UTF-8 or 8859/1.", "MSH^1^18")),
            };
        }
        catch (DecoderFallbackException)
        {
            return (null, new Hl7Fault("102", "The message is not in its character set.", "MSH^1^18"));
        }
    }
}

/// <summary>The five characters that a message names for itself.</summary>
internal sealed record Hl7Separators(char Field, char Component, char Repetition, char Escape, char Subcomponent)
{
    public static Hl7Separators Usual { get; } = new('|', '^', '~', '\\', '&');

    public static Hl7Separators? Of(string text)
    {
        if (text.Length < 8)
        {
            return null;
        }

        var found = new Hl7Separators(text[3], text[4], text[5], text[6], text[7]);
        char[] all = [found.Field, found.Component, found.Repetition, found.Escape, found.Subcomponent];

        // MSH-2 holds these four (a fifth, for truncation, since 2.7) and nothing else.
        var isEnded = text.Length == 8 || text[8] == found.Field || text[8] is '\r' or '\n' || (text[8] == '#' && text.Length > 9 && text[9] == found.Field);
        return isEnded && all.Distinct().Count() == all.Length && all.All(c => c is > ' ' and < (char)127 && !char.IsAsciiLetterOrDigit(c)) ? found : null;
    }
}

file static class Names
{
    public static bool ContainsOnlyNameCharacters(this ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return true;
    }
}
