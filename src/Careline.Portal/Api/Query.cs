namespace Careline.Portal.Api;

/// <summary>The part of an address after the question mark.</summary>
public sealed class Query
{
    private readonly List<KeyValuePair<string, string>> _parts = [];

    /// <summary>The names and what they are.</summary>
    public IEnumerable<KeyValuePair<string, string>> Parts => _parts;

    /// <summary>Adds a name, unless there is no value.</summary>
    public Query With(string name, object? value)
    {
        if (value?.ToString() is { Length: > 0 } text)
        {
            _parts.Add(new(name, value switch { DateOnly day => day.ToString("yyyy-MM-dd", null), DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", null), _ => text }));
        }

        return this;
    }

    /// <summary>The text, with its question mark where there is anything.</summary>
    public override string ToString() =>
        _parts.Count == 0 ? "" : "?" + string.Join('&', _parts.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
}
