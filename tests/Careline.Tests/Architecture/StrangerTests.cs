using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Careline.Clinics.Clinics;
using Careline.Platform.Security;
using Careline.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Doctor = Careline.Doctors.Doctors.Doctor;

namespace Careline.Tests.Architecture;

/// <summary>
/// What belongs to another person does not exist: every route that names a thing by id, and every list, is called by signed-in people who have
/// nothing to do with it.
/// </summary>
public sealed partial class StrangerTests(StrangersWorld world) : IClassFixture<StrangersWorld>
{
    // Anybody may read these, so a stranger who writes is told of the shape first; a proper body must still be refused.
    private static readonly HashSet<Type> _public = [typeof(Doctor), typeof(ShownClinic)];

    // Free times and the doctor list change for everybody when somebody books.
    private static readonly string[] _shared = ["/api/time-slots/", "/api/doctor-availability/", "/api/doctors/", "/api/eclinic/clinics/", "/api/specializations/", "/api/consents/texts/", "/api/pharmacies/", "/api/labs/tests/", "/api/labs/panels/", "/api/medicines/", "/api/payments/plans/"];

    // Shows the caller's own doings too, and so grows by being asked.
    private const string OwnRecord = "/api/patients/me/export/";

    [Fact]
    public async Task A_stranger_is_told_nothing_of_anothers_thing_by_any_route()
    {
        var unknown = Checked(world).Where(r => !world.Samples.ContainsKey(r.Check.EntityType))
            .Select(r => $"{RouteTests.Words(r.Route)}: there is no sample of {r.Check.EntityType.Name}: make one in {nameof(StrangersWorld)}.");
        var calls =
            from s in world.Strangers
            from r in Checked(world)
            from thing in world.Samples.GetValueOrDefault(r.Check.EntityType, [])
            from body in BodiesOf(r.Route, r.Check)
            select (s.Who, s.Person, r.Route, r.Check.EntityType, Thing: thing, Body: body);

        var offenders = await EachAsync(calls, async call =>
        {
            var reply = await call.Person.Client.SendAsync(MethodOf(call.Route), PathOf(call.Route, call.Thing), call.Body);
            var told = world.Secrets.Where(s => reply.Text.Contains(s, StringComparison.OrdinalIgnoreCase)).Select(s => $"{RouteTests.Words(call.Route)} tells {call.Who} '{s}'.");
            return reply.Status is 401 or 403 or 404 ? told
                : told.Append($"{RouteTests.Words(call.Route)}: {call.Who} got {reply.Status} {reply.ErrorCode} for another's {call.EntityType.Name} with {call.Body ?? "no body"}.");
        });

        unknown.Concat(offenders.Found).ShouldBeNone("On a route that names another's thing a stranger gets 401, 403 or 404.", offenders.Calls, 500);
    }

    [Fact]
    public async Task A_stranger_cannot_tell_anothers_thing_from_one_that_never_was()
    {
        var calls =
            from s in world.Strangers.Take(2)
            from r in Checked(world)
            where !_public.Contains(r.Check.EntityType)
            select (s.Who, s.Person, r.Route, Thing: world.Samples[r.Check.EntityType][0], Body: BodiesOf(r.Route, r.Check).Last());

        var offenders = await EachAsync(calls, async call =>
        {
            var real = await call.Person.Client.SendAsync(MethodOf(call.Route), PathOf(call.Route, call.Thing), call.Body);
            var never = await call.Person.Client.SendAsync(MethodOf(call.Route), PathOf(call.Route, Guid.CreateVersion7()), call.Body);
            return Said(real) == Said(never) ? [] : [$"{RouteTests.Words(call.Route)} answers {call.Who} {Said(real)} for another's thing and {Said(never)} for none."];
        });

        offenders.Found.ShouldBeNone("Absent and not yours are the same answer.", offenders.Calls, 100);
    }

    [Fact]
    public async Task An_entry_is_not_reached_through_a_thing_of_ones_own()
    {
        var offenders = new List<string>();
        var calls = 0;
        using var carer = await world.DoctorAsync(firstName: "Carer");
        foreach (var route in world.ApiRoutes().Where(r => RouteTests.Ids(r).Count() > 1))
        {
            var list = Bare(route)[..(Bare(route).LastIndexOf('{'))];
            if (!world.Entries.Any(e => list.EndsWith(e.Key, StringComparison.Ordinal)))
            {
                offenders.Add($"{RouteTests.Words(route)}: there is no sample entry of {list}: make one in {nameof(StrangersWorld)}.");
                continue;
            }

            var entry = world.Entries.Single(e => list.EndsWith(e.Key, StringComparison.Ordinal)).Value;
            foreach (var (who, person) in world.Strangers.Append(("a third doctor", carer)))
            {
                var own = list.Contains("/doctors/", StringComparison.Ordinal) ? person.DoctorId : person.PatientId;
                if (own == Guid.Empty)
                {
                    continue;
                }

                calls++;
                var reply = await person.Client.SendAsync(MethodOf(route), PathOf(route, own, entry), BodiesOf(route, null).LastOrDefault());
                if (reply.Status is not (401 or 403 or 404))
                {
                    offenders.Add($"{RouteTests.Words(route)}: {who} got {reply.Status} for another's entry under a thing of their own.");
                }
            }
        }

        offenders.ShouldBeNone("An entry belongs to the thing before it in the path.", calls, 50);
    }

    [Fact]
    public async Task No_list_shows_a_stranger_a_row_or_a_count()
    {
        var calls = from s in world.Strangers from path in Readable(world) from narrowed in Narrowed(path) select (s.Who, s.Person, Path: narrowed);

        var offenders = await EachAsync(calls, async call =>
        {
            var reply = await call.Person.GetAsync(call.Path);

            // The address of the next page says again what was asked.
            var said = NextPage().Replace(reply.Text, "");
            var told = reply.Status == 200 ? world.Secrets.Where(s => said.Contains(s, StringComparison.OrdinalIgnoreCase)) : [];
            return (call.Path.Contains("search=", StringComparison.Ordinal) && reply.Status == 200 && reply.Json.TryGetProperty("meta", out var meta) && meta.TryGetProperty("total", out _) && !IsShared(call.Path) && reply.Total > 0
                ? told.Append($"a total of {reply.Total}") : told).Select(s => $"GET {call.Path} tells {call.Who} '{s}'.");
        });

        offenders.Found.ShouldBeNone("A list shows a stranger nothing of another person.", offenders.Calls, 300);
    }

    [Fact]
    public async Task What_others_do_changes_nothing_that_a_stranger_reads()
    {
        var calls = from s in world.Strangers from path in Readable(world) where !IsShared(path) && path != OwnRecord select (s.Who, s.Person, Path: path);

        var offenders = await EachAsync(calls, async call =>
        {
            var (before, now) = (world.Before[(call.Who, call.Path)], Said(await call.Person.GetAsync(call.Path)));
            return before == now ? [] : [$"GET {call.Path} told {call.Who} {before} before somebody was treated, and {now} afterwards."];
        });

        offenders.Found.ShouldBeNone("Counts and statistics are of one's own.", offenders.Calls, 80);
    }

    [Fact]
    public async Task Those_concerned_do_see_what_strangers_do_not()
    {
        // Without this, an application that answers 404 to everybody would pass. Small copies are of pictures, and made a while after them; a trend is asked for by
        // its measure.
        var reads = Checked(world).Where(r => MethodOf(r.Route) == "GET" && RouteTests.Ids(r.Route).Count() == 1).ToList();
        using var admin = await world.AdminAsync();
        var offenders = new List<string>();
        foreach (var (route, check) in reads)
        {
            var path = PathOf(route, world.Samples[check.EntityType][0]);
            var seen = await Task.WhenAll(new[] { world.Patient, world.Doctor, admin }.Select(p => p.GetAsync(path)));
            if (seen.All(r => r.Status != 200) && !path.EndsWith("/thumbnail/", StringComparison.Ordinal) && !path.EndsWith("/trends/", StringComparison.Ordinal))
            {
                offenders.Add($"{RouteTests.Words(route)} answers nobody: {string.Join(", ", seen.Select(r => r.Status))}.");
            }
        }

        offenders.ShouldBeNone("The patient, the doctor or an administrator reads the thing.", reads.Count, 15);
    }

    /// <summary>Every path without an id that can be read: lists, statistics, one's own.</summary>
    internal static IEnumerable<string> Readable(TestApp app) => app.ApiRoutes()
        .Where(r => MethodOf(r) == "GET" && r.RoutePattern.Parameters.Count == 0 && Bare(r).StartsWith("/api/", StringComparison.Ordinal) && !Bare(r).StartsWith("/api/schema", StringComparison.Ordinal))
        .Select(r => Bare(r).TrimEnd('/') + "/").Distinct();

    /// <summary>What an answer says, apart from when it was said.</summary>
    internal static string Said(Reply reply) => $"{reply.Status} {Passing().Replace(reply.Text, "")}";

    /// <summary>A route's path with an id in each place of one.</summary>
    internal static string Filled(RouteEndpoint route, Func<string, Guid> idFor) =>
        Parameter().Replace(Bare(route), m => m.Value == "{number}" ? "1" : idFor(m.Value).ToString());

    private static IEnumerable<(RouteEndpoint Route, VisibilityCheck Check)> Checked(TestApp app) =>
        from route in app.ApiRoutes()
        from check in route.Metadata.GetOrderedMetadata<VisibilityCheck>()
        select (route, check);

    internal static string MethodOf(RouteEndpoint route) => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];

    internal static string Bare(RouteEndpoint route) => Constraint().Replace("/" + route.RoutePattern.RawText!.TrimStart('/'), "").TrimEnd('/') + "/";

    private string PathOf(RouteEndpoint route, Guid thing, Guid? entry = null)
    {
        var path = Bare(route).Replace("{number}", "1", StringComparison.Ordinal);
        var first = path.IndexOf('{', StringComparison.Ordinal);
        path = path[..first] + thing + path[(path.IndexOf('}', StringComparison.Ordinal) + 1)..];
        var known = world.Entries.FirstOrDefault(e => Bare(route).Contains(e.Key + "{", StringComparison.Ordinal)).Value;
        return Parameter().Replace(path, (entry ?? known).ToString());
    }

    // An empty object first: what is private must not get as far as its shape. Then one that fits, where there is one.
    private static IEnumerable<string?> BodiesOf(RouteEndpoint route, VisibilityCheck? check)
    {
        if (MethodOf(route) is "GET" or "DELETE")
        {
            return [null];
        }

        var path = MethodOf(route) == "POST" ? Bare(route) : EntryAtEnd().Replace(Bare(route), "$1/");
        var fitting = StrangersWorld.Bodies.Where(b => path.EndsWith(b.Key, StringComparison.Ordinal)).Select(b => JsonSerializer.Serialize(b.Value)).FirstOrDefault()
            ?? (path.EndsWith("/staff/", StringComparison.Ordinal) ? $$"""{"account_id":"{{Guid.CreateVersion7()}}","role":"administrator"}""" : null);
        return check is not null && _public.Contains(check.EntityType) && fitting is not null ? [fitting] : new[] { "{}", fitting }.Where(b => b is not null);
    }

    private static bool IsShared(string path) => _shared.Any(shared => path.StartsWith(shared, StringComparison.Ordinal) && !path.StartsWith("/api/doctors/me", StringComparison.Ordinal));

    // A few at a time: the calls do not depend on one another.
    internal static async Task<(IEnumerable<string> Found, int Calls)> EachAsync<T>(IEnumerable<T> calls, Func<T, Task<IEnumerable<string>>> ask)
    {
        var found = new ConcurrentBag<string>();
        var count = 0;
        await Parallel.ForEachAsync(calls, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (call, _) =>
        {
            Interlocked.Increment(ref count);
            foreach (var offender in await ask(call))
            {
                found.Add(offender);
            }
        });
        return (found, count);
    }

    private IEnumerable<string> Narrowed(string path)
    {
        var patient = world.Patient;
        var day = DateOnly.FromDateTime(world.Now.UtcDateTime).AddDays(2).ToString("yyyy-MM-dd", null);
        yield return path;
        yield return $"{path}?search=Victoria&patient={patient.PatientId}";
        yield return $"{path}?patient={patient.PatientId}&page_size=100";
        yield return $"{path}?doctor={world.Doctor.DoctorId}&date={day}&available_only=false&page_size=100";
    }

    [GeneratedRegex(@":\w+(?=\})")]
    private static partial Regex Constraint();

    [GeneratedRegex(@"""(?:next|previous)"":""[^""]*""")]
    private static partial Regex NextPage();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"(\{id\}/[a-z-]+(?:/[a-z-]+)?|staff)/\{\w+\}/$")]
    private static partial Regex EntryAtEnd();

    [GeneratedRegex("""("timestamp":"[^"]*"|"trace_id":"[^"]*"|"last_login_at":"[^"]*"|"last_seen_at":"[^"]*"|"as_of":"[^"]*"),?""")]
    private static partial Regex Passing();
}
