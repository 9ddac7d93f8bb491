using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Careline.Host.Endpoints;
using Careline.Tests.Support;

namespace Careline.Tests.Architecture;

/// <summary>Documents that speak of the code are held to it.</summary>
[Collection(typeof(House))]
public sealed partial class DocumentTests(House house)
{
    [Fact]
    public void The_table_of_modules_matches_the_projects()
    {
        var table = Row().Matches(File.ReadAllText(Repository.PathOf("docs/modules.md")))
            .ToDictionary(m => m.Groups[1].Value, m => (Level: m.Groups[2].Value, References: m.Groups[3].Value));
        var expected = house.Modules.ToDictionary(m => m.Name, m => m.Level.ToString(null, null));
        expected["Host"] = "top";

        var offenders = expected.Where(m => !table.ContainsKey(m.Key)).Select(m => $"{m.Key} (level {m.Value}) has no row.")
            .Concat(table.Keys.Except(expected.Keys).Select(name => $"{name} has a row, but is no module."))
            .Concat(expected.Where(m => table.TryGetValue(m.Key, out var row) && row.Level != m.Value).Select(m => $"{m.Key} stands on level {m.Value}, the table says {table[m.Key].Level}."))
            .Concat(expected.Keys.Where(table.ContainsKey).Where(name => table[name].References != ReferencesOf(name)).Select(name => $"{name} refers to: {ReferencesOf(name)}; the table says: {table[name].References}."));

        offenders.ShouldBeNone("docs/modules.md says what the projects say.", table.Count, 10);
    }

    [Fact]
    public async Task The_openapi_document_of_the_repository_is_current()
    {
        var served = (await house.Anonymous.AskAsync("/api/schema/")).Text;
        var path = Repository.PathOf("docs/openapi.json");

        File.Exists(path).ShouldBeTrue("docs/openapi.json is missing. Make it: ./careline cli openapi > docs/openapi.json");
        var kept = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Difference(kept, served).ShouldBeNull("docs/openapi.json is not what the routes say. Make it anew: ./careline cli openapi > docs/openapi.json");
    }

    [Fact]
    public async Task The_command_line_prints_the_served_document_without_a_database()
    {
        await using var app = CarelineApplication.Build([], "Host=/nowhere;Username=careline;Database=careline", builder => builder.Environment.EnvironmentName = "Development");

        var printed = await OpenApiDescription.WriteAsync(app, TestContext.Current.CancellationToken);

        Difference(printed, (await house.Anonymous.AskAsync("/api/schema/")).Text).ShouldBeNull("'cli openapi' prints another document than the application serves.");
    }

    [Fact]
    public async Task The_openapi_document_shows_every_route_with_its_slash_and_its_responses()
    {
        var document = (await house.Anonymous.AskAsync("/api/schema/")).Json;
        var paths = document.GetProperty("paths").EnumerateObject().ToList();
        var operations = paths.SelectMany(p => p.Value.EnumerateObject().Select(o => (Name: $"{o.Name.ToUpperInvariant()} {p.Name}", o.Value))).ToList();

        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.1");
        paths.Where(p => !p.Name.EndsWith('/') && !p.Name.Split('/')[^1].Contains('.', StringComparison.Ordinal)).Select(p => $"{p.Name} has no trailing slash.")
            .Concat(operations.Where(o => !o.Value.TryGetProperty("operationId", out _)).Select(o => $"{o.Name} has no operationId."))
            .Concat(operations.Where(o => !o.Value.GetProperty("responses").EnumerateObject().Any(r => r.Name.StartsWith('2'))).Select(o => $"{o.Name} says nothing of its answer."))
            .ShouldBeNone("The OpenAPI document is one a client can be written from.", operations.Count, 100);
    }

    [Fact]
    public async Task The_openapi_document_says_the_type_of_everything_and_how_operations_refuse()
    {
        var document = (await house.Anonymous.AskAsync("/api/schema/")).Json;
        var properties = document.GetProperty("components").GetProperty("schemas").EnumerateObject()
            .Where(s => s.Value.TryGetProperty("properties", out _))
            .SelectMany(s => s.Value.GetProperty("properties").EnumerateObject().Select(p => (Name: $"{s.Name}.{p.Name}", p.Value))).ToList();
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Select(o => (Name: $"{o.Name.ToUpperInvariant()} {p.Name}", o.Value))).ToList();

        // Free JSON: an error's details, and what somebody keeps as preferences.
        properties.Where(p => !p.Name.EndsWith(".preferences", StringComparison.Ordinal) && !new[] { "type", "$ref", "oneOf" }.Any(word => p.Value.TryGetProperty(word, out _)))
            .Select(p => $"{p.Name} has no type.")
            .Concat(properties.Where(p => IsList(p.Value) && !p.Value.TryGetProperty("items", out _)).Select(p => $"{p.Name} does not say what it holds."))
            .Concat(operations.Where(o => o.Value.GetProperty("security").GetArrayLength() > 0 && !Answers(o.Value, "401", "403")).Select(o => $"{o.Name} needs a sign-in and says neither 401 nor 403."))
            .Concat(operations.Where(o => o.Value.TryGetProperty("requestBody", out _) && !Answers(o.Value, "400")).Select(o => $"{o.Name} takes a body and does not say 400."))
            .Concat(operations.Where(o => !Answers(o.Value, "429", "503", "default")).Select(o => $"{o.Name} does not say how it refuses."))
            .ShouldBeNone("The OpenAPI document is one a client can be written from.", properties.Count + operations.Count, 1000);

        // What may be left out is not required.
        document.GetProperty("components").GetProperty("schemas").GetProperty("AppointmentResponse").GetProperty("required").EnumerateArray()
            .Select(r => r.GetString()).ShouldNotContain("fee");

        static bool IsList(JsonElement schema) => schema.TryGetProperty("type", out var type)
            && (type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Any(t => t.GetString() == "array") : type.GetString() == "array");
        static bool Answers(JsonElement operation, params string[] statuses) => statuses.All(s => operation.GetProperty("responses").TryGetProperty(s, out _));
    }

    // The first place only: the documents are long.
    private static string? Difference(string one, string other)
    {
        var lines = Lines(one).Zip(Lines(other).Append(null)).Select((pair, i) => (pair.First, pair.Second, Number: i + 1)).ToList();
        return lines.Where(l => l.First != l.Second).Select(l => $"line {l.Number}: '{l.First}' against '{l.Second}'").FirstOrDefault()
            ?? (Lines(one).Length == Lines(other).Length ? null : "one goes on where the other ends");
    }

    private static string[] Lines(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, _indented).Split('\n');
    }

    private static string ReferencesOf(string name)
    {
        var project = name is "Host" or "Platform" ? $"src/Careline.{name}/Careline.{name}.csproj" : $"src/Modules/Careline.{name}/Careline.{name}.csproj";
        var names = XDocument.Load(Repository.PathOf(project)).Descendants("ProjectReference")
            .Select(r => r.Attribute("Include")!.Value.Replace('\\', '/').Split('/')[^1].Replace("Careline.", "", StringComparison.Ordinal).Replace(".csproj", "", StringComparison.Ordinal));
        return string.Join(", ", names.Order(StringComparer.Ordinal)) is { Length: > 0 } list ? list : "none";
    }

    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    [GeneratedRegex(@"^\| (\w+) \| (\d+|top) \| [^|]+ \| ([^|]+?) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
