using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Careline.Bench.Faults;

/// <summary>
/// Lets sqlmap at every parameter of the documented API, as whoever is let in there: bodies that anybody may send first, then filters, searches and
/// orderings, then other bodies, then ids in paths. Stops when its time is over and says how far it came.
/// </summary>
internal sealed partial class Injection(Api api, JsonNode document, string folder)
{
    private const string DemoPassword = "careline-demo";

    // Would sign the callers out or change how they sign in; what they read is read by others too.
    private static readonly string[] _leftOut =
        ["/api/auth/logout/", "/api/auth/password-change/", "/api/auth/mfa/totp/", "/api/auth/mfa/totp/confirm/", "/api/auth/mfa/recovery-codes/", "/api/auth/passkeys/", "/dev/clock/"];

    // Values that get past the shape, so that what stands beside them reaches a query.
    private static readonly Dictionary<string, string> _values = """
        page=1 | page_size=5 | limit=5 | search=a | format=html | upcoming=true
        available_only=true | is_active=true | time_zone=Africa/Lagos | day_part=morning | modality=video | min_rating=1
        max_fee=9000000 | min_experience=1 | language=en | specialization=cardiology | gender=female | country=NG
        city=Lagos | role=doctor | action=Login | number=PAT-000001 | phone=+2348030000001 | email=nobody@example.com
        to=nobody@example.com | otp=123456 | password=not the password | currency=NGN
        """.Split(['|', '\n'], StringSplitOptions.TrimEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

    private readonly ConcurrentBag<string> _found = [];
    private readonly ConcurrentDictionary<string, int> _ended = new();
    private string[] _tokens = [];

    public static async Task<int> RunAsync(Uri url, string documentPath, string folder, int minutes)
    {
        using var api = new Api(url, 4);
        var document = JsonNode.Parse(await File.ReadAllTextAsync(documentPath))!;
        return await new Injection(api, document, folder).AllAsync(url, TimeSpan.FromMinutes(minutes));
    }

    private async Task<int> AllAsync(Uri url, TimeSpan time)
    {
        var people = new[] { ("admin", "admin123"), ("adaeze.okafor", DemoPassword), ("amara.nwosu", DemoPassword), ("tunde.adeyemi", DemoPassword) };
        _tokens = await Task.WhenAll(people.Select(async p =>
            (string)(await api.PostAsync("/api/auth/login/", new { username = p.Item1, password = p.Item2 })).Data["access"]!));
        await LearnIdsAsync();
        var attacks = new List<Attack>();
        foreach (var attack in Attacks())
        {
            var whole = attack.Anonymous ? attack : attack with { Token = await WhoIsLetInAsync(attack) };
            attacks.AddRange(attack.Rank == 1 && attack.Verb == "get" ? await ApartAsync(whole) : [whole]);
        }

        var watch = Stopwatch.StartNew();
        var ordered = attacks.OrderBy(a => a.Rank).ThenBy(a => a.Path, StringComparer.Ordinal).ToList();
        var (next, done) = (-1, new int[4]);
        await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            for (var n = Interlocked.Increment(ref next); n < ordered.Count && watch.Elapsed < time; n = Interlocked.Increment(ref next))
            {
                await SqlmapAsync(url, ordered[n], n);
                Interlocked.Increment(ref done[ordered[n].Rank]);
            }
        }));
        var verdicts = new Verdicts();
        string[] kinds = ["bodies that anybody may send", "queries", "other bodies", "ids in paths"];
        for (var rank = 0; rank < kinds.Length; rank++)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"        {kinds[rank]}: {done[rank]} of {ordered.Count(a => a.Rank == rank)} routes"));
        }

        Console.WriteLine($"        {string.Join(", ", _ended.OrderBy(e => e.Key).Select(e => $"{e.Key}: {e.Value}"))}; {watch.Elapsed.TotalMinutes:F0} min");
        verdicts.Expect(_found.IsEmpty && _ended.GetValueOrDefault("not injectable") > 0, $"sqlmap at level 3 found {(_found.IsEmpty ? "nothing" : string.Join("; ", _found))}");
        return verdicts.ExitCode;
    }

    private async Task LearnIdsAsync()
    {
        foreach (var (name, path, token) in new[]
        {
            ("doctor", "/api/doctors/", ""), ("patient", "/api/patients/", _tokens[0]), ("clinic", "/api/eclinic/clinics/", _tokens[0]),
            ("appointment", "/api/appointments/", _tokens[1]), ("consultation", "/api/consultations/", _tokens[1]), ("actor", "/api/users/", _tokens[0]),
        })
        {
            var rows = (await api.GetAsync(path, token.Length > 0 ? token : null)).Data.AsArray();
            _values[name] = _values[name + "_id"] = rows.Count > 0 ? (string)rows[0]!["id"]! : Guid.Empty.ToString();
        }

        _values["id"] = _values["patient"];
        var today = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        foreach (var name in new[] { "date", "start_date", "end_date", "available_on", "from", "review_by" })
        {
            _values[name] = today;
        }
    }

    private IEnumerable<Attack> Attacks()
    {
        foreach (var (path, verbs) in document["paths"]!.AsObject())
        {
            foreach (var (verb, route) in verbs!.AsObject())
            {
                if (_leftOut.Contains(path) || verb == "delete")
                {
                    continue;
                }

                var parameters = route!["parameters"]?.AsArray() ?? [];
                var query = string.Join('&', parameters.Where(p => (string)p!["in"]! == "query" && (string)p["name"]! is not "cursor" and not "ordering")
                    .Select(p => $"{(string)p!["name"]!}={Uri.EscapeDataString(_values.GetValueOrDefault((string)p["name"]!, "a"))}"));
                var ordering = parameters.Any(p => (string)p!["name"]! == "ordering") ? "&ordering=created_at" : "";
                var isOpen = route["security"] is null;
                var filled = PathParameter().Replace(path, match => _values.GetValueOrDefault(match.Groups[1].Value, _values["patient"]));
                if (query.Length > 0)
                {
                    yield return new Attack(1, verb, filled + "?" + query + ordering, null, isOpen);
                }

                var body = route["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema ? SampleOf(schema, "", 0)?.ToJsonString() : null;
                if (body is { Length: > 2 })
                {
                    yield return new Attack(isOpen ? 0 : 2, verb, filled, body, isOpen);
                }
                else if (filled != path && query.Length == 0 && verb == "get")
                {
                    yield return new Attack(3, verb, PathParameter().Replace(path, match => _values.GetValueOrDefault(match.Groups[1].Value, _values["patient"]) + "*"), null, isOpen);
                }
            }
        }
    }

    // Whoever gets the furthest: an answer before a refusal of the shape, that before a refusal of the person.
    private async Task<string?> WhoIsLetInAsync(Attack attack)
    {
        var (best, rank) = (_tokens[0], int.MaxValue);
        foreach (var token in _tokens)
        {
            var path = attack.Path.Replace("*", "", StringComparison.Ordinal);
            var reply = attack.Verb == "get" ? await api.GetAsync(path, token) : await api.PostAsync(path, new { }, token);
            var place = reply.Status switch { 200 or 201 => 0, 400 or 409 => 1, 404 => 2, 403 => 3, _ => 4 };
            (best, rank) = place < rank ? (token, place) : (best, rank);
        }

        return best;
    }

    // One value that the shape refuses would keep all others from a query: those that are taken together, and each refused one by itself.
    private async Task<IEnumerable<Attack>> ApartAsync(Attack attack)
    {
        var (path, pairs) = (attack.Path.Split('?')[0], attack.Path.Split('?')[1].Split('&'));
        var (taken, refused) = (new List<string>(), new List<string>());
        foreach (var pair in pairs)
        {
            var isTaken = (await api.GetAsync($"{path}?{string.Join('&', taken.Append(pair))}", attack.Token)).Status != 400;
            (isTaken ? taken : refused).Add(pair);
        }

        return refused.Concat(taken.Count > 0 ? [string.Join('&', taken)] : []).Select(query => attack with { Path = $"{path}?{query}" });
    }

    private JsonNode? SampleOf(JsonNode? anything, string name, int depth)
    {
        if (anything is not JsonObject schema)
        {
            return "abc";
        }

        if ((string?)schema["$ref"] is { } reference)
        {
            return SampleOf(document["components"]!["schemas"]![reference.Split('/')[^1]], name, depth + 1);
        }

        if (schema["enum"]?.AsArray().FirstOrDefault(word => word is not null) is { } first)
        {
            return first.DeepClone();
        }

        var type = schema["type"] is JsonArray several ? (string?)several.FirstOrDefault(t => (string?)t != "null") : (string?)schema["type"];
        return type switch
        {
            _ when depth > 4 => null,
            "object" => new JsonObject((schema["properties"]?.AsObject() ?? []).Select(p => KeyValuePair.Create(p.Key, SampleOf(p.Value, p.Key, depth + 1)))),
            "array" => new JsonArray(SampleOf(schema["items"], name, depth + 1)),
            "integer" or "number" => 1,
            "boolean" => true,
            _ => (string?)schema["format"] switch
            {
                "date" => _values["date"],
                "time" => "09:00:00",
                "date-time" => DateTime.UtcNow.AddDays(2).ToString("O", CultureInfo.InvariantCulture),
                "uuid" => _values.GetValueOrDefault(name, _values["patient"]),
                _ => _values.GetValueOrDefault(name, "abc"),
            },
        };
    }

    private async Task SqlmapAsync(Uri url, Attack attack, int number)
    {
        var start = new ProcessStartInfo("sqlmap") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        string[] options =
        [
            "-u", url.ToString().TrimEnd('/') + attack.Path, "--method", attack.Verb.ToUpperInvariant(), "--batch", "--level", "3", "--dbms", "PostgreSQL",
            "--skip", "user-agent,referer,host", "--output-dir", $"{folder}/{number}", "--timeout", "30", "--retries", "1", "--disable-coloring", "--ignore-code", "*",
            .. attack.Token is null ? Array.Empty<string>() : ["--headers", $"Authorization: Bearer {attack.Token}\nContent-Type: application/json"],
            .. attack.Body is null ? Array.Empty<string>() : ["--data", attack.Body],
            .. attack is { Token: null, Body: not null } ? ["--headers", "Content-Type: application/json"] : Array.Empty<string>(),
        ];
        foreach (var option in options)
        {
            start.ArgumentList.Add(option);
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        await File.WriteAllTextAsync($"{folder}/{number}.log", $"{attack.Verb} {attack.Path} {attack.Body}\n{text}");
        var verdict = text.Contains("identified the following injection point", StringComparison.Ordinal) ? "INJECTABLE"
            : text.Contains("do not appear to be injectable", StringComparison.Ordinal) ? "not injectable" : "not tried";
        _ended.AddOrUpdate(verdict, 1, (_, count) => count + 1);
        if (verdict == "INJECTABLE")
        {
            _found.Add($"{attack.Verb} {attack.Path}");
        }
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex PathParameter();

    private sealed record Attack(int Rank, string Verb, string Path, string? Body, bool Anonymous)
    {
        public string? Token { get; init; }
    }
}
