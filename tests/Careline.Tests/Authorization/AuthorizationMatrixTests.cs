using System.Collections.Concurrent;
using System.IO.Enumeration;
using Careline.Tests.Architecture;
using Careline.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace Careline.Tests.Authorization;

/// <summary>Every route, called by everybody: who is let in is what the table says, and nothing else.</summary>
public sealed class AuthorizationMatrixTests(AuthorizationWorld world) : IClassFixture<AuthorizationWorld>
{
    private static readonly string[] _answers = ["ok", "401", "403", "404"];

    // Whoever calls these loses the sign-in they call with.
    private static readonly HashSet<string> _endsTheSession = ["POST /api/auth/logout/"];

    [Fact]
    public void The_table_has_a_row_for_every_route_and_no_other()
    {
        var rows = Rows().Select(r => r.Route).ToList();
        var routes = Routes().Keys.ToList();
        var misread = Rows().Where(r => r.Cells.Length != AuthorizationTable.Principals.Count || r.Cells.Any(c => !_answers.Contains(c))).Select(r => $"no row: {r.Route}");

        routes.Except(rows).Select(r => $"no row says who may call {r}").Concat(rows.Except(routes).Select(r => $"there is no route {r}")).Concat(misread)
            .Concat(rows.GroupBy(r => r).Where(g => g.Count() > 1).Select(g => $"more than one row says who may call {g.Key}"))
            .ShouldBeNone("AuthorizationTable.cs says of every route who may call it.", rows.Count, 150);
    }

    [Fact]
    public async Task Everybody_is_let_in_or_refused_as_the_table_says()
    {
        var differences = Differences();
        var kept = new ConcurrentBag<Difference>();
        var offenders = await CallEverythingAsync(Rows(), (who, row, promised) =>
        {
            var known = differences.FirstOrDefault(d => d.Who == who && d.Routes.Contains(row.Route));
            if (known is not null)
            {
                kept.Add(known);
            }

            return known?.Answer ?? promised;
        });

        offenders.Found.Concat(differences.Except(kept).Select(d => $"a difference of {d.Who} is about no row"))
            .ShouldBeNone("The answer to each of the thirteen is the table's.", offenders.Calls, 2000);
    }

    [Fact]
    public async Task An_answer_that_is_not_the_tables_is_noticed()
    {
        // Without this, a matrix that looks at nothing would pass.
        var rows = Rows().Where(r => r.Route is "GET /api/appointments/{id:guid}/" or "GET /api/consultations/{id:guid}/" or "GET /api/audit/").ToList();

        var offenders = await CallEverythingAsync(rows, (_, _, promised) => promised == "ok" ? "404" : "ok");

        offenders.Found.Count().ShouldBe(rows.Count * AuthorizationTable.Principals.Count);
    }

    [Fact]
    public async Task Every_frame_of_a_chat_is_for_those_who_take_part()
    {
        var (path, _) = await world.CallAsync("GET", "/ws/chat/{chatId}/", isLetIn: true);
        var chat = path.Split('/')[^2];
        string[] frames = ["\"message\",\"content\":\"x\"", "\"typing\",\"is_typing\":true", "\"read\",\"seq\":1", "\"sync\",\"after_seq\":0"];
        var offenders = new List<string>();
        var calls = 0;
        foreach (var (column, who) in AuthorizationTable.Principals.Index())
        {
            var isMember = who is "own patient" or "assigned doctor";
            await using var one = world.People[column] is { } person ? await Socket.OpenAsync(world.Address, path, person) : await Socket.OpenAsync(world.Address, path);
            await one.SendAsync($"{{\"type\":{frames[3]}}}");
            var heard = isMember ? (await one.NextAsync("synced")).GetProperty("type").GetString() : $"{await one.Closed}";
            offenders.AddRange(heard == (isMember ? "synced" : column == 0 ? "4401" : "4403") ? [] : [$"{who} at {path} was answered {heard}"]);
            offenders.AddRange(isMember ? [] : one.Arrived().Select(f => $"{who} at {path} was told {f}"));
            calls++;
            await using var all = column == 0 ? null : await Socket.OpenAsync(world.Address, "/ws/chat/", world.People[column]!);
            foreach (var frame in all is null || isMember ? [] : frames)
            {
                calls++;
                await all!.SendAsync($"{{\"chat_id\":\"{chat}\",\"type\":{frame}}}");
                var refused = (await all.NextAsync("error")).GetProperty("code").GetString();
                offenders.AddRange(refused == "NOT_FOUND" ? [] : [$"{who} said {frame} and was answered {refused}"]);
            }
        }

        offenders.ShouldBeNone("Nobody else says or hears anything in a chat.", calls, 50);
    }

    private async Task<(IEnumerable<string> Found, int Calls)> CallEverythingAsync(IReadOnlyList<Row> rows, Func<string, Row, string, string> expected)
    {
        var routes = Routes();
        var calls =
            (from row in rows
             where routes.ContainsKey(row.Route)
             from column in Enumerable.Range(0, AuthorizationTable.Principals.Count)
             select (Row: row, Column: column, Who: AuthorizationTable.Principals[column])).ToList();

        // Everything is read before anything is tried on it.
        var reads = await StrangerTests.EachAsync(calls.Where(c => c.Row.Method == "GET"), AskAsync);
        var writes = await StrangerTests.EachAsync(calls.Where(c => c.Row.Method != "GET"), AskAsync);
        return (reads.Found.Concat(writes.Found).Order(StringComparer.Ordinal), reads.Calls + writes.Calls);

        async Task<IEnumerable<string>> AskAsync((Row Row, int Column, string Who) call)
        {
            var answer = expected(call.Who, call.Row, call.Row.Cells[call.Column]);
            var (path, body) = await world.CallAsync(call.Row.Method, StrangerTests.Bare(routes[call.Row.Route]), answer == "ok");
            var client = (_endsTheSession.Contains(call.Row.Route) ? world.Again : world.People)[call.Column]?.Client ?? world.Anonymous;
            var reply = call.Row.Method is "PUT" or "PATCH" or "DELETE"
                ? await client.SendAsync(call.Row.Method, path, body, ("If-Match", "\"0\""))
                : await client.SendAsync(call.Row.Method, path, body);
            return IsAs(answer, reply, call.Row.Refusal) ? []
                : [$"{call.Row.Route}: {call.Who} should get {answer} and got {reply.Status} {reply.ErrorCode} {(reply.Status == 400 ? reply.Text : "")}"];
        }
    }

    private static bool IsAs(string answer, Reply reply, string? refusal) => answer switch
    {
        // The calls meet one another: what one begins, another's may just have ended.
        "ok" when refusal is not null => reply.Status == 409 || reply.Status is >= 400 and < 500 && reply.Text.Contains(refusal, StringComparison.Ordinal),
        "ok" => reply.Status is < 400 or 409 or 412,
        _ => answer == $"{reply.Status}",
    };

    private Dictionary<string, RouteEndpoint> Routes() => world.ApiRoutes()
        .ToDictionary(r => $"{StrangerTests.MethodOf(r)} /{r.RoutePattern.RawText!.Trim('/')}/".Replace("//", "/", StringComparison.Ordinal));

    private static List<Row> Rows() =>
    [
        .. from line in Lines(AuthorizationTable.Reviewed)
           where line.Contains('|', StringComparison.Ordinal)
           let parts = line.Split('|', StringSplitOptions.TrimEntries)
           select new Row(parts[1], parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries), parts.ElementAtOrDefault(2)),
    ];

    private static List<Difference> Differences() =>
    [
        .. from line in Lines(AuthorizationTable.Differences)
           let parts = line.Split('|', StringSplitOptions.TrimEntries)
           from who in parts[0].Split(',', StringSplitOptions.TrimEntries)
           select new Difference(who, parts[1], [.. Rows().Select(r => r.Route).Where(r => FileSystemName.MatchesSimpleExpression(parts[2], r, ignoreCase: false))]),
    ];

    private static string[] Lines(string table) => table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private sealed record Row(string Route, string[] Cells, string? Refusal)
    {
        public string Method => Route[..Route.IndexOf(' ', StringComparison.Ordinal)];
    }

    private sealed record Difference(string Who, string Answer, HashSet<string> Routes);
}
