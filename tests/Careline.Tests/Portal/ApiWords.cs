using System.Text.RegularExpressions;
using Careline.Patients.Care;
using Careline.Portal.Language;
using Careline.Tests.Architecture;

namespace Careline.Tests.Portal;

/// <summary>What the API says in words of its own, found where it says it.</summary>
internal static partial class ApiWords
{
    private static readonly Lazy<IReadOnlyList<(string Path, string Text)>> _modules = new(() => House.Files("src/Modules", "*.cs"));

    /// <summary>The specialties that an installation begins with.</summary>
    public static IReadOnlyList<string> Specialties { get; } =
        [.. Seed().Matches(House.Files("src/Modules/Careline.Doctors/Migrations", "0001_doctors.sql").Single().Text).Select(m => m.Groups[1].Value)];

    /// <summary>What the log of a record says of routes in fixed phrases.</summary>
    public static IReadOnlyList<string> Phrases { get; } =
        [.. Fixed().Matches(House.Files("src/Modules/Careline.Patients/Care", "AccessWords.cs").Single().Text).Select(m => AccessWords.Of(m.Groups[1].Value, "success")).Distinct()];

    /// <summary>What the log of a record composes: the things of a patient that routes are about.</summary>
    public static IReadOnlyList<string> Things { get; } =
        [.. RoutesAboutPatients().Select(r => AccessWords.Of(r, "success")).Except(Phrases).Select(Thing).OfType<string>().Distinct()];

    /// <summary>Sentences, with places where they hold something, and each sentence of a text by itself.</summary>
    public static IReadOnlySet<string> Sentences { get; } =
        _modules.Value.Concat(House.Files("src/Careline.Platform", "*.cs")).SelectMany(f => f.Text.Split('\n')).SelectMany(line => Literal().Matches(line))
            .Select(m => m.Groups[2].Value).Where(text => text.EndsWith('.'))
            .SelectMany(text => End().Split(text).Append(text)).Select(Open).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether the API says it.</summary>
    public static bool Say(string english) => Specialties.Contains(english) || Phrases.Contains(english) || Things.Contains(english) || Sentences.Contains(english);

    private static string? Thing(string deed) =>
        Deeds.Shapes.Select(s => s[..^"{0}".Length]).FirstOrDefault(s => deed.StartsWith(s, StringComparison.Ordinal)) is { } start ? deed[start.Length..] : null;

    // Routes say in the audit whom they concern, some by a helper of their folder.
    private static IEnumerable<string> RoutesAboutPatients()
    {
        var concerning = _modules.Value.Where(f => f.Text.Contains(".Concerns(", StringComparison.Ordinal)).ToList();
        var helpers = concerning.Where(f => !f.Text.Contains(".Named(", StringComparison.Ordinal)).Select(f => Path.GetFileNameWithoutExtension(f.Path)).ToList();
        var kinds = _modules.Value.Where(f => f.Path.Contains("Careline.Patients/History", StringComparison.Ordinal)).SelectMany(f => Kind().Matches(f.Text)).Select(m => m.Groups[1].Value).ToList();
        return _modules.Value.Where(f => concerning.Contains(f) || helpers.Exists(h => Regex.IsMatch(f.Text, $@"\b{h}\b")))
            .SelectMany(f => Route().Matches(f.Text)).Select(m => m.Groups[1].Value)
            .SelectMany(name => name.Contains('{', StringComparison.Ordinal) ? kinds.Select(k => Hole().Replace(name, k)) : [name]).Distinct();
    }

    private static string Open(string text)
    {
        var places = 0;
        return Hole().Replace(Started().Replace(text, ""), _ => $"{{{places++}}}");
    }

    [GeneratedRegex(@"^\s+\('[\w-]+', '([^']+)', ARRAY\[", RegexOptions.Multiline)]
    private static partial Regex Seed();

    [GeneratedRegex(@"\[\x22(\w+)\x22\] = \x22")]
    private static partial Regex Fixed();

    [GeneratedRegex("""Named\(\s*\$?"([^"]+)""")]
    private static partial Regex Route();

    [GeneratedRegex("""new\(\s*"[\w-]+", "(\w+)""")]
    private static partial Regex Kind();

    [GeneratedRegex(@"(\$?)\x22((?:[^\x22\\]|\\.)*)\x22")]
    private static partial Regex Literal();

    [GeneratedRegex(@"(?<=\.) (?=\p{Lu})")]
    private static partial Regex End();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"^\{[^{}]*\} (?=\p{Lu})")]
    private static partial Regex Started();
}
