using System.Collections.Frozen;

namespace Careline.Platform.Data;

/// <summary>
/// Enumerations as text: written as lower snake_case, read without regard to case, and with '-' or a space in place of '_'.
/// </summary>
/// <typeparam name="T">The enumeration.</typeparam>
public static class EnumText<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> _texts =
        Enum.GetValues<T>().Distinct().ToFrozenDictionary(v => v, v => SnakeCase.Of(v.ToString()));

    private static readonly FrozenDictionary<T, string> _displays = _texts.ToFrozenDictionary(p => p.Key, p => Titled(p.Value));

    private static readonly FrozenDictionary<string, T> _values =
        _texts.ToFrozenDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);

    /// <summary>All texts, in the order of declaration.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<T>().Distinct().Select(v => _texts[v])];

    /// <summary>The text of a value, as stored and sent.</summary>
    public static string Of(T value) => _texts[value];

    /// <summary>The text of a value for people: "In Progress".</summary>
    public static string Display(T value) => _displays[value];

    /// <summary>Reads a value; false where the text names none.</summary>
    public static bool TryParse(string? text, out T value)
    {
        value = default;
        return text is { Length: > 0 and <= 64 }
            && (_values.TryGetValue(text, out value)
                || _values.TryGetValue(text.Trim().ToLowerInvariant().Replace('-', '_').Replace(' ', '_'), out value));
    }

    private static string Titled(string text) =>
        string.Join(' ', text.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
