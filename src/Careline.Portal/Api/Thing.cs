using System.Globalization;
using System.Text.Json;

namespace Careline.Portal.Api;

/// <summary>
/// A value in an answer of the API, read by its name. A name that is not there is a mistake of ours and throws; a value that is null is none.
/// </summary>
/// <param name="element">The value.</param>
public readonly struct Thing(JsonElement element)
{
    /// <summary>Nothing at all.</summary>
    public static Thing None { get; } = new(JsonSerializer.SerializeToElement<object?>(null));

    /// <summary>Whether there is no value.</summary>
    public bool IsNone => element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    /// <summary>The value itself, as the API wrote it.</summary>
    public JsonElement Json => element;

    /// <summary>The members of an array; none of what is null.</summary>
    public IEnumerable<Thing> Items => IsNone ? [] : element.EnumerateArray().Select(e => new Thing(e));

    /// <summary>The members of an object, with their names; none of what is null.</summary>
    public IEnumerable<(string Name, Thing Value)> Members => IsNone ? [] : element.EnumerateObject().Select(m => (m.Name, new Thing(m.Value)));

    /// <summary>A member, with dots for members of members; what lies in a null is null.</summary>
    /// <exception cref="KeyNotFoundException">There is no such member.</exception>
    public Thing this[string path]
    {
        get
        {
            var found = element;
            foreach (var name in path.Split('.'))
            {
                if (found.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
                {
                    return None;
                }

                found = found.TryGetProperty(name, out var member) ? member : throw new KeyNotFoundException($"The answer has no '{name}' (of '{path}').");
            }

            return new Thing(found);
        }
    }

    /// <summary>A member that an answer may leave out; none where it does.</summary>
    public Thing Maybe(string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? new Thing(member) : None;

    /// <summary>Whether an object has a member of this name with a value.</summary>
    public bool Has(string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null;

    /// <summary>Whether a member is true.</summary>
    public bool Is(string path) => this[path].Json.ValueKind == JsonValueKind.True;

    /// <summary>Whether a member is this word.</summary>
    public bool Is(string path, string word) => this[path].ToString() == word;

    /// <summary>A member as text; empty where it is null.</summary>
    public string Text(string path) => this[path].ToString();

    /// <summary>A member that is an id.</summary>
    public Guid Id(string path) => this[path].Json.GetGuid();

    /// <summary>A member that is a whole number; null where it is null.</summary>
    public long? Whole(string path) => this[path] is { IsNone: false } value ? value.Json.GetInt64() : null;

    /// <summary>A member that is a number; null where it is null.</summary>
    public decimal? Number(string path) => this[path] is { IsNone: false } value ? value.Json.GetDecimal() : null;

    /// <summary>A member that is an instant; null where it is null.</summary>
    public DateTimeOffset? Instant(string path) => this[path] is { IsNone: false } value ? value.Json.GetDateTimeOffset() : null;

    /// <summary>A member that is a day; null where it is null.</summary>
    public DateOnly? Day(string path) => this[path] is { IsNone: false } value ? DateOnly.ParseExact(value.ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    /// <summary>The value as text; empty where it is null.</summary>
    public override string ToString() => IsNone ? "" : element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();
}
