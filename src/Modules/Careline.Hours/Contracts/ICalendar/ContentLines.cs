namespace Careline.Hours.Contracts.ICalendar;

/// <summary>A content line of iCalendar (RFC 5545, section 3.1): a name, parameters and a value.</summary>
/// <param name="Name">Upper case.</param>
/// <param name="Parameters">By their names, in whatever case.</param>
/// <param name="Value">As it was written.</param>
public sealed record ContentLine(string Name, IReadOnlyDictionary<string, string> Parameters, string Value)
{
    /// <summary>A parameter, if it is there.</summary>
    public string? this[string parameter] => Parameters.GetValueOrDefault(parameter);
}

/// <summary>A component with its lines and what lies in it.</summary>
/// <param name="name">Upper case.</param>
public sealed class CalendarComponent(string name)
{
    /// <summary>What it is, such as VEVENT.</summary>
    public string Name => name;

    /// <summary>Its own lines.</summary>
    public List<ContentLine> Lines { get; } = [];

    /// <summary>The components within it.</summary>
    public List<CalendarComponent> Parts { get; } = [];

    /// <summary>The first line of a property.</summary>
    public ContentLine? Find(string property) => Lines.Find(l => l.Name == property);

    /// <summary>All lines of a property.</summary>
    public IEnumerable<ContentLine> All(string property) => Lines.Where(l => l.Name == property);
}

/// <summary>Reads the form of iCalendar, as others write it: bare line feeds and lines that make no sense are borne.</summary>
public static class ContentLines
{
    private const int Deepest = 8;

    /// <summary>The calendars of a text; null when it is none.</summary>
    public static CalendarComponent? Read(string text)
    {
        var root = new CalendarComponent("");
        var open = new Stack<CalendarComponent>([root]);
        foreach (var line in Unfold(text).Select(Parse).OfType<ContentLine>())
        {
            if (line.Name == "BEGIN")
            {
                var part = new CalendarComponent(line.Value.Trim().ToUpperInvariant());
                open.Peek().Parts.Add(part);
                open.Push(part);
                if (open.Count > Deepest)
                {
                    return null;
                }
            }
            else if (line.Name == "END" && open.Count > 1)
            {
                open.Pop();
            }
            else
            {
                open.Peek().Lines.Add(line);
            }
        }

        return root.Parts.Exists(p => p.Name == "VCALENDAR") ? root : null;
    }

    private static IEnumerable<string> Unfold(string text)
    {
        var whole = new System.Text.StringBuilder();
        foreach (var line in text.TrimStart('\uFEFF').Split('\n'))
        {
            var bare = line.TrimEnd('\r');
            if (bare.Length > 0 && bare[0] is ' ' or '\t')
            {
                whole.Append(bare, 1, bare.Length - 1);
                continue;
            }

            if (whole.Length > 0)
            {
                yield return whole.ToString();
                whole.Clear();
            }

            whole.Append(bare);
        }

        if (whole.Length > 0)
        {
            yield return whole.ToString();
        }
    }

    private static ContentLine? Parse(string line)
    {
        // A colon or semicolon within quotes is part of a parameter's value.
        var parts = new List<string>();
        var (from, quoted) = (0, false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && line[i] is ';' or ':')
            {
                parts.Add(line[from..i]);
                from = i + 1;
                if (line[i] == ':')
                {
                    return new ContentLine(parts[0].Trim().ToUpperInvariant(), ParametersOf(parts), line[from..]);
                }
            }
        }

        return null;
    }

    private static Dictionary<string, string> ParametersOf(List<string> parts)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in parts.Skip(1))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at > 0)
            {
                parameters[part[..at].Trim()] = part[(at + 1)..].Trim('"');
            }
        }

        return parameters;
    }
}
