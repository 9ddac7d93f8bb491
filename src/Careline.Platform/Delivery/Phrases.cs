using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Careline.Platform.Delivery;

/// <summary>What a message says, in one language.</summary>
/// <param name="Subject">Of a mail; empty for what only goes by SMS.</param>
/// <param name="Text">Plain text.</param>
public sealed record Phrase(string Subject, string Text);

/// <summary>
/// What messages say, in the reader's language: each module's catalogues, <c>Phrases/en.json</c> and others beside it, named <c>module.phrase</c> with
/// <c>{placeholders}</c>. English has every phrase; what another language lacks is said in English.
/// </summary>
public sealed partial class Phrases
{
    /// <summary>The language that has every phrase.</summary>
    public const string Fallback = "en";

    private readonly FrozenDictionary<string, FrozenDictionary<string, Phrase>> _languages;

    /// <summary>Reads the catalogues of the modules.</summary>
    public Phrases(IEnumerable<CarelineModule> modules)
    {
        var languages = new Dictionary<string, Dictionary<string, Phrase>>();
        foreach (var (assembly, name) in modules.SelectMany(m => m.Assembly.GetManifestResourceNames().Select(name => (m.Assembly, name))))
        {
            if (ResourceName().Match(name) is { Success: true } match)
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                var catalogue = languages.TryGetValue(match.Groups[1].Value, out var known) ? known : languages[match.Groups[1].Value] = [];
                foreach (var (key, phrase) in JsonSerializer.Deserialize<Dictionary<string, Phrase>>(stream, JsonSerializerOptions.Web)!)
                {
                    catalogue.Add(key, phrase);
                }
            }
        }

        _languages = languages.ToFrozenDictionary(l => l.Key, l => l.Value.ToFrozenDictionary());
    }

    /// <summary>The languages that have a catalogue, by their BCP 47 subtag.</summary>
    public IEnumerable<string> Languages => _languages.Keys;

    /// <summary>The catalogue of a language as it was written, with its placeholders.</summary>
    public IReadOnlyDictionary<string, Phrase> CatalogueOf(string language) => _languages[language];

    /// <summary>A phrase in the first of the reader's languages that has it.</summary>
    /// <param name="name">Such as <c>accounts.code</c>.</param>
    /// <param name="languages">BCP 47 tags in the reader's order; <c>fr-CM</c> is served by <c>fr</c>.</param>
    /// <param name="values">What stands in the placeholders.</param>
    public Phrase Say(string name, IEnumerable<string> languages, params (string Name, string Value)[] values)
    {
        var phrase = languages.Append(Fallback)
            .Select(tag => _languages.GetValueOrDefault(tag.Split('-')[0].ToLowerInvariant())?.GetValueOrDefault(name))
            .FirstOrDefault(found => found is not null) ?? throw new InvalidOperationException($"There is no phrase {name}.");
        return new Phrase(Fill(phrase.Subject, values), Fill(phrase.Text, values));
    }

    // In one pass, so that a value which looks like a placeholder stays what it is.
    private static string Fill(string? text, (string Name, string Value)[] values) => text is null ? "" : Placeholder().Replace(
        text, match => values.First(value => value.Name == match.Groups[1].Value).Value);

    [GeneratedRegex(@"^phrases\.([a-z]{2,3})$")]
    private static partial Regex ResourceName();

    /// <summary>What stands for a value in a phrase.</summary>
    [GeneratedRegex(@"\{([a-z_]+)\}")]
    internal static partial Regex Placeholder();
}

/// <summary>Which languages somebody reads.</summary>
public static class ReadersLanguages
{
    private const int Most = 8;

    /// <summary>The languages that a caller asks for (RFC 9110, Accept-Language), the most wanted first.</summary>
    public static IReadOnlyList<string> Languages(this HttpRequest request) =>
        [.. request.GetTypedHeaders().AcceptLanguage.Take(Most).OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.ToString())];
}
