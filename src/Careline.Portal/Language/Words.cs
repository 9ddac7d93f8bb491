using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Careline.Portal.Language;

/// <summary>
/// What the pages say, in the reader's language. The English text is its own name; where a language has no words for it yet, English stands there and says so by its
/// <c>lang</c>.
/// </summary>
public sealed class Words
{
    /// <summary>A language in which every text stands between brackets, with its places open: what has none was forgotten.</summary>
    internal const string Pseudo = "qps";

    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> _all = Load();

    private readonly FrozenDictionary<string, string>? _texts;

    internal Words(string language)
    {
        Language = language;
        _texts = _all.GetValueOrDefault(language);
    }

    /// <summary>The languages, each by its own name.</summary>
    public static IReadOnlyList<(string Tag, string Name)> Languages { get; } =
        [("en", "English"), ("fr", "Français"), ("ha", "Hausa"), ("yo", "Yorùbá"), ("ig", "Igbo"), ("hi", "हिन्दी"), ("sw", "Kiswahili"), ("ar", "العربية")];

    /// <summary>The language; BCP 47.</summary>
    public string Language { get; }

    /// <summary>Which way it is written: <c>ltr</c> or <c>rtl</c>.</summary>
    public string Direction => Language == "ar" ? "rtl" : "ltr";

    /// <summary>A text.</summary>
    public string this[string english] => Language == Pseudo ? $"⟦{english}⟧" : _texts?.GetValueOrDefault(english) ?? english;

    /// <summary>A text with something in it.</summary>
    public string this[string english, params object?[] values] => Language == Pseudo ? this[english] : string.Format(CultureInfo.InvariantCulture, this[english], values);

    /// <summary>Whether this language has words for a text; English, which is its own name, has none.</summary>
    internal bool Has(string english) => Language == Pseudo || _texts?.ContainsKey(english) == true;

    /// <summary>Texts for a script, as JSON: those that this language has words for, by their English.</summary>
    public string Written(IEnumerable<string> english) => JsonSerializer.Serialize(english.Select(e => (English: e, Here: this[e])).Where(e => e.Here != e.English).ToDictionary(e => e.English, e => e.Here));

    /// <summary>The nearest of our languages to what a browser or a person asks for; English where there is none.</summary>
    internal static string Nearest(params IEnumerable<string?> asked)
    {
        foreach (var tag in asked.Where(t => t is { Length: >= 2 }).Select(t => t!.Trim()))
        {
            var main = tag.Split('-', ';', '_')[0].ToLowerInvariant();
            if (main == Pseudo || Languages.Any(l => l.Tag == main))
            {
                return main;
            }
        }

        return "en";
    }

    internal static IReadOnlyDictionary<string, string> TextsOf(string language) => _all.GetValueOrDefault(language) ?? FrozenDictionary<string, string>.Empty;

    private static FrozenDictionary<string, FrozenDictionary<string, string>> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames().Where(n => n.StartsWith("texts:", StringComparison.Ordinal)).ToFrozenDictionary(
            n => n["texts:".Length..^".json".Length],
            n =>
            {
                using var stream = assembly.GetManifestResourceStream(n)!;
                return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary(StringComparer.Ordinal);
            });
    }
}
