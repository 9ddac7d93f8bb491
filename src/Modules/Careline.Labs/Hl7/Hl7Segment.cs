namespace Careline.Labs.Hl7;

/// <summary>One line of a message. Fields count from 1, as the standard counts them; what is not there is empty.</summary>
internal sealed class Hl7Segment
{
    private readonly string[] _fields;
    private readonly Hl7Separators _separators;

    private Hl7Segment(string name, string[] fields, Hl7Separators separators) => (Name, _fields, _separators) = (name, fields, separators);

    public string Name { get; }

    public static Hl7Segment Of(string line, Hl7Separators separators)
    {
        var parts = line.Split(separators.Field);
        var name = parts[0];

        // MSH-1 is the separator itself.
        string[] fields = name == "MSH" ? [separators.Field.ToString(), .. parts.Skip(1)] : parts[1..];
        return new Hl7Segment(name, fields, separators);
    }

    /// <summary>The first repetition's component, unescaped and without blanks around it; empty where there is none, or where it says null (<c>""</c>).</summary>
    public string Text(int field, int component = 1) => Repetitions(field) is [var first, ..] ? first.Text(component) : "";

    /// <summary>All that a field holds.</summary>
    public IReadOnlyList<Hl7Repetition> Repetitions(int field)
    {
        var raw = field <= _fields.Length ? _fields[field - 1] : "";
        return raw.Length == 0 ? [] : [.. raw.Split(_separators.Repetition).Select(r => new Hl7Repetition(r, _separators))];
    }
}

/// <summary>One of the values of a field.</summary>
internal sealed class Hl7Repetition(string raw, Hl7Separators separators)
{
    private readonly string[] _components = raw.Split(separators.Component);

    /// <summary>A component; its subcomponents are joined by blanks.</summary>
    public string Text(int component = 1) => component > _components.Length ? "" : Clean(_components[component - 1]);

    /// <summary>The whole of it as people read it, the components joined by blanks.</summary>
    public string Whole => string.Join(' ', _components.Select(Clean).Where(c => c.Length > 0));

    private string Clean(string component)
    {
        var text = string.Join(' ', component.Split(separators.Subcomponent).Select(part => Hl7Escapes.Open(part, separators))).Trim();
        return text == "\"\"" ? "" : text;
    }
}
