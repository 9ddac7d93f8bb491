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

    // What stands in the place of a text with a number when the number is one.
    private static readonly FrozenDictionary<string, string> _ones = new (string Many, string One)[]
    {
        ("{0} days", "1 day"), ("{0} hours", "1 hour"), ("{0} minutes", "1 minute"), ("{0} years", "1 year"), ("{0} years of experience", "1 year of experience"),
        ("{0} times", "once"), ("{0} doctors", "1 doctor"), ("{0} patients", "1 patient"), ("{0} accounts", "1 account"), ("{0} appointments", "1 appointment"),
        ("{0} payments", "1 payment"), ("{0} reviews", "1 review"), ("for {0} days", "for 1 day"), ("Last {0} days", "Last day"),
        ("Opened {0} times", "Opened once"), ("failed {0} times", "failed once"), ("tried {0} times", "tried once"),
        ("tried {0} times, given up {1}", "tried once, given up {1}"), ("used {0} times", "used once"), ("Reported {0} times:", "Reported once:"),
        ("{0} visits today: {1} to come, {2} waiting, {3} with the doctor, {4} over.", "1 visit today: {1} to come, {2} waiting, {3} with the doctor, {4} over."),
    }.ToFrozenDictionary(t => t.Many, t => t.One, StringComparer.Ordinal);

    // Unicode's first strong isolate, and its end.
    private const string Begin = "\u2068";
    private const string End = "\u2069";

    private readonly FrozenDictionary<string, string>? _texts;

    internal Words(string language)
    {
        Language = language;
        _texts = _all.GetValueOrDefault(language);
    }

    /// <summary>The languages, each by its own name.</summary>
    public static IReadOnlyList<(string Tag, string Name)> Languages { get; } =
        [("en", "English"), ("fr", "Français"), ("ha", "Hausa"), ("yo", "Yorùbá"), ("ig", "Igbo"), ("hi", "हिन्दी"), ("sw", "Kiswahili"), ("ar", "العربية")];

    /// <summary>A language by its own name; its tag where it is none of these.</summary>
    public static string NameOf(string tag) => Languages.FirstOrDefault(l => l.Tag == tag).Name ?? tag;

    /// <summary>The language; BCP 47.</summary>
    public string Language { get; }

    /// <summary>Which way it is written: <c>ltr</c> or <c>rtl</c>.</summary>
    public string Direction => Language == "ar" ? "rtl" : "ltr";

    /// <summary>A text.</summary>
    public string this[string english] => Language == Pseudo ? $"⟦{english}⟧" : _texts?.GetValueOrDefault(english) ?? Apart(english);

    /// <summary>A text with something in it.</summary>
    public string this[string english, params object?[] values] => Language == Pseudo ? this[english] : string.Format(CultureInfo.InvariantCulture, this[OfOne(english, values)], [.. values.Select(v => v is string text ? Apart(text) : v)]);

    /// <summary>
    /// What has its own direction, as one piece: among words from right to left an English sentence would lose its full stop to the other end, +234 its sign, and 5 mg its order.
    /// </summary>
    public string Apart(string text) => Direction == "rtl" && text.Any(IsFromLeft) && text.Any(s => !char.IsLetter(s) && s != ' ') ? $"{Begin}{text}{End}" : text;

    /// <summary>Several things as a list, each as one piece; those that are empty left out.</summary>
    public string List(params IEnumerable<string?> things) => string.Join(Direction == "rtl" ? "، " : ", ", things.Where(t => t is { Length: > 0 }).Select(t => Apart(t!)));

    /// <summary>Several texts of the API as a list.</summary>
    public string List(IEnumerable<Api.Thing> things) => List(things.Select(t => t.ToString()));

    /// <summary>A text without the marks of its pieces: to stand in a field, and to be sent.</summary>
    public static string Bare(string text) => text.Replace(Begin, "", StringComparison.Ordinal).Replace(End, "", StringComparison.Ordinal);

    private static bool IsFromLeft(char sign) => sign is (< '\u0590' or (>= '\u0900' and < '\u2000')) && char.IsLetterOrDigit(sign);

    // A language that has no words for one of something says it as of several.
    private string OfOne(string english, object?[] values) =>
        values is [var first, ..] && Convert.ToString(first, CultureInfo.InvariantCulture) == "1" && _ones.TryGetValue(english, out var one) && (_texts is null || _texts.ContainsKey(one)) ? one : english;

    /// <summary>Whether this language has words for a text; English, which is its own name, has none.</summary>
    internal bool Has(string english) => Language == Pseudo || _texts?.ContainsKey(english) == true;

    /// <summary>Texts for a script, as JSON: those that this language has words for, by their English.</summary>
    public string Written(IEnumerable<string> english) => JsonSerializer.Serialize(english.Where(Has).ToDictionary(e => e, e => this[e]));

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
