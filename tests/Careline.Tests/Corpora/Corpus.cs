using System.Text.Json;

namespace Careline.Tests.Corpora;

/// <summary>Test data that nobody here wrote, in the folder that the environment names; tests without it are skipped and say so.</summary>
internal static class Corpus
{
    private const string Variable = "CARELINE_CORPORA";

#pragma warning disable RS0030 // A setting of the tests, not of the application.
    private static readonly string? _folder = Environment.GetEnvironmentVariable(Variable);
#pragma warning restore RS0030

    public static string Folder
    {
        get
        {
            Assert.SkipWhen(string.IsNullOrEmpty(_folder), $"{Variable} names no folder with the test data.");
            Directory.Exists(_folder).ShouldBeTrue($"{Variable} names {_folder}, which is not there.");
            return _folder!;
        }
    }

    /// <summary>Strings that break programs.</summary>
    public static IReadOnlyList<string> NaughtyStrings() => JsonSerializer.Deserialize<string[]>(File.ReadAllText(Path.Combine(Folder, "blns.json")))!;

    /// <summary>Bodies by name: <c>y_</c> is JSON, <c>n_</c> is none, <c>i_</c> may be either.</summary>
    public static IReadOnlyList<(string Name, byte[] Body)> JsonBodies() =>
        [.. Directory.EnumerateFiles(Path.Combine(Folder, "jsontestsuite"), "*.json").Order(StringComparer.Ordinal).Select(f => (Path.GetFileName(f), File.ReadAllBytes(f)))];

    public static JsonElement Wycheproof(string file) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "wycheproof", file))).RootElement;
}
