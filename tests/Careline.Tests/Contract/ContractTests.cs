using System.Text.Json;
using System.Text.RegularExpressions;
using Careline.Platform.Web;
using Careline.Tests.Architecture;
using Careline.Tests.Authorization;
using Careline.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace Careline.Tests.Contract;

/// <summary>What the documented interface promises is answered, by the documented path and by every other spelling of it.</summary>
public sealed partial class ContractTests(AuthorizationWorld world) : IClassFixture<AuthorizationWorld>
{
    // Pages inside a package, not routes.
    private static readonly string[] _files = ["GET /api/docs/", "GET /api/redoc/"];

    [Fact]
    public async Task Every_promise_is_kept_by_its_path_and_by_its_aliases()
    {
        var offenders = new List<string>();
        var askings = 0;
        foreach (var row in Rows())
        {
            // What the world lends is one thing, and asked about by one at a time.
            var spellings = row.Paths.SelectMany(p => new[] { p, p.TrimEnd('/') }).Where(p => p.Length > 0).ToList();
            foreach (var asked in spellings.Chunk(row.Subject == "-" ? 1 : 4))
            {
                askings += asked.Length;
                offenders.AddRange((await Task.WhenAll(asked.Select(path => FaultsAsync(row, path)))).SelectMany(f => f));
            }
        }

        offenders.ShouldBeNone("What is promised is answered by every spelling of its path.", askings, 400);
    }

    [Fact]
    public void Every_promised_filter_is_known_to_its_list()
    {
        var known = Routes().ToDictionary(r => r.Key, r => (IReadOnlySet<string>)(r.Value.Metadata.GetMetadata<ListFilters>()?.Names ?? new HashSet<string>()));
        var promised = Rows().SelectMany(row => row.Filters.Select(f => (row.Route, Name: f.Split('=')[0]))).Where(f => f.Name is not ("search" or "ordering")).ToList();
        var later = Lines(LaterRows.Filters).Select(line => line.Split(' ')).Select(words => (Route: $"{words[0]} {words[1]}", Name: words[2])).ToList();

        promised.Where(f => !known[f.Route].Contains(f.Name)).Select(f => $"{f.Route} does not know {f.Name}.")
            .Concat(later.Where(f => known[f.Route].Contains(f.Name)).Select(f => $"{f.Route} knows {f.Name} by now: move it to what is promised."))
            .ShouldBeNone("A list knows the filters that are promised.", promised.Count, 25);
    }

    [Fact]
    public void The_document_tells_the_statuses_that_are_promised()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("docs/openapi.json")));
        var paths = document.RootElement.GetProperty("paths");
        var promised = Rows().Where(row => row.Status < 300 && paths.TryGetProperty(row.Paths[0], out _)).ToList();

        promised.Where(row => !paths.GetProperty(row.Paths[0]).GetProperty(row.Method.ToLowerInvariant()).GetProperty("responses").TryGetProperty($"{row.Status}", out _))
            .Select(row => $"{row.Route} does not tell of {row.Status}.")
            .ShouldBeNone("docs/openapi.json tells the status of what is promised.", promised.Count, 150);
    }

    [Fact]
    public async Task What_comes_later_leads_nowhere_yet()
    {
        var routes = Routes().Keys.Select(Shape).ToHashSet();
        var offenders = new List<string>();
        var seen = 0;
        foreach (var (status, route) in Lines(LaterRows.Reviewed).SelectMany(line => Routed(line[4..]).Select(route => (line[..3], route))))
        {
            var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]);
            foreach (var who in new[] { "patient", "doctor", "admin" })
            {
                seen++;
                var reply = await Subjects.Known(world, who).SendAsync(method, Parameter().Replace(path, _ => $"{Guid.CreateVersion7()}"), method == "GET" ? null : new { });
                if ($"{reply.Status}" != status || routes.Contains(Shape(route)))
                {
                    offenders.Add($"{route} answers a {who} {reply.Status} {reply.ErrorCode}: if it is there by now, move it to what is promised.");
                }
            }
        }

        offenders.ShouldBeNone("What is promised for later is not there by half.", seen, 3);
    }

    [Fact]
    public void Every_route_is_promised_or_a_known_extra()
    {
        var promised = Rows().Select(row => row.Route).Except(_files).ToHashSet();
        var extras = Lines(LaterRows.Extras + "\n" + FigureRows.Extras).SelectMany(Routed).ToList();
        var routes = Routes().Keys.ToList();

        routes.Except(promised).Except(extras).Select(r => $"{r} is neither promised nor a known extra.")
            .Concat(promised.Concat(extras).Except(routes).Select(r => $"there is no route {r}"))
            .Concat(promised.Intersect(extras).Concat(extras.GroupBy(e => e).Where(g => g.Count() > 1).Select(g => g.Key)).Select(r => $"{r} is said twice."))
            .ShouldBeNone("Whoever adds a route says what it promises.", routes.Count, 150);
    }

    [Fact]
    public async Task A_promise_that_is_not_kept_is_noticed()
    {
        // Without this, a test that looks at nothing would pass.
        var row = Rows().First(r => r.Route == "GET /api/appointments/{id}/" && r.Status == 200);

        foreach (var other in (Row[])[row with { Status = 201 }, row with { Form = "page" }, row with { Members = ["colour"] }, row with { Members = ["!id"] }, row with { Members = ["status=lost"] }])
        {
            (await FaultsAsync(other, row.Paths[1])).ShouldHaveSingleItem();
        }
    }

    private async Task<string[]> FaultsAsync(Row row, string path)
    {
        using var subjects = new Subjects(world);
        var subject = await subjects.MakeAsync(row);
        var values = Parameter().Matches(row.Paths[0]).Select(m => m.Value).Zip(subject.Values).ToDictionary();
        var filled = Parameter().Replace(path, m => values[m.Value]);
        var faults = new List<string>();
        foreach (var query in row.Filters.Where(f => f.Contains('=', StringComparison.Ordinal)).Prepend(""))
        {
            var question = string.Join('&', new[] { subject.Query, query }.Where(q => q.Length > 0));
            var reply = await subject.Client.SendAsync(row.Method, question.Length > 0 ? $"{filled}?{question}" : filled, subject.Body, subject.Headers);
            var fault = reply.Status != row.Status ? $"answers {reply.Status}, not {row.Status}: {reply.Text}"
                : query.Length > 0 || reply.Fault(row.Form, row.Members) is not { } amiss ? null
                : $"{amiss}: {reply.Text}";
            if (fault is not null)
            {
                faults.Add($"{row.Method} {path} {query} by {row.Who} with {row.Subject} {fault[..Math.Min(fault.Length, 600)]}");
            }
        }

        return [.. faults];
    }

    private Dictionary<string, RouteEndpoint> Routes() => world.ApiRoutes()
        .ToDictionary(r => $"{StrangerTests.MethodOf(r)} {StrangerTests.Bare(r)}");

    private static List<Row> Rows() => [.. Lines(PeopleRows.Reviewed + "\n" + CareRows.Reviewed + "\n" + MoneyRows.Reviewed + "\n" + FigureRows.Reviewed).Select(Row.Of)];

    private static string[] Lines(string table) => table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IEnumerable<string> Routed(string line)
    {
        var words = line.Split('|', 2)[0].Trim().Split(' ');
        return words[0].Split(',').Select(method => $"{method} {words[1]}");
    }

    private static string Shape(string route) => Parameter().Replace(route, "{}").TrimEnd('/');

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
