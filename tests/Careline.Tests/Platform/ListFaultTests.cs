using Careline.Platform.Web;
using Careline.Tests.Architecture;
using Careline.Tests.Support;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Careline.Tests.Platform;

/// <summary>What a list cannot be asked for is refused by name; nothing in a query string breaks it.</summary>
[Collection(typeof(House))]
public sealed class ListFaultTests(House app)
{
    private static readonly string[] _hostile =
    [
        "%00", "'%22%3B--", "%EF%BF%BF", "0", "-1", "99999999999999999999", "1e9", "NaN", "0000-01-01", "9999-12-31", "2030-02-30", "%25", "_", "%5C", "null",
        "00000000-0000-0000-0000-000000000000", "true,false", "%F0%9F%98%80", "%FF%FE", "+", "..%2F..%2Fetc", "2011-12-30",
    ];

    [Theory]
    [InlineData("page=0", "page")]
    [InlineData("page=-1", "page")]
    [InlineData("page=one", "page")]
    [InlineData("page=99999999999", "page")]
    [InlineData("page_size=0", "page_size")]
    [InlineData("page_size=101", "page_size")]
    [InlineData("page_size=1000000000", "page_size")]
    [InlineData("ordering=password_hash", "ordering")]
    [InlineData("ordering=--username", "ordering")]
    [InlineData("status=gone", "status")]
    public async Task A_fault_is_named(string query, string field)
    {
        using var admin = await app.AdminAsync();

        var reply = await admin.GetAsync($"/api/users/?{query}");

        (reply.Status, reply.ErrorCode).ShouldBe((400, "VALIDATION_ERROR"));
        reply.ErrorDetails.EnumerateObject().Single().Name.ShouldBe(field);
    }

    [Fact]
    public async Task All_faults_are_named_at_once()
    {
        var reply = await app.Anonymous.AskAsync("/api/doctors/?page=0&page_size=1000000000&clinic=not-a-uuid&available_on=0000-01-01&max_fee=lots");

        reply.Status.ShouldBe(400, reply.Text);
        reply.ErrorDetails.EnumerateObject().Select(p => p.Name).Order().ShouldBe(["available_on", "clinic", "max_fee", "page", "page_size"]);
    }

    [Fact]
    public async Task The_last_page_there_could_be_is_empty() =>
        (await app.Anonymous.AskAsync("/api/doctors/?page=21474836&page_size=100")).Rows.ShouldBeEmpty();

    [Fact]
    public async Task No_list_takes_a_page_it_cannot_serve()
    {
        var offenders = new List<string>();
        using var admin = await app.AdminAsync();
        using var doctor = await app.DoctorAsync();
        foreach (var (path, _) in Lists())
        {
            foreach (var person in new[] { admin, doctor })
            {
                var reply = await person.GetAsync($"{path}?page=0&page_size=1000000000");
                if (reply.Status is not (400 or 403) || (reply.Status == 400 && !reply.ErrorDetails.TryGetProperty("page", out _)))
                {
                    offenders.Add($"GET {path} answers {reply.Status} {reply.ErrorCode} to page 0 of a thousand million.");
                }
            }
        }

        offenders.ShouldBeNone("A list refuses page 0.", Lists().Count, 8);
    }

    [Fact]
    public async Task No_query_string_breaks_a_list()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        using var admin = await app.AdminAsync();
        await app.SqlAsync("UPDATE doctors.doctors SET time_zone = 'Pacific/Apia' WHERE id = $1", doctor.DoctorId);
        var readers = new Dictionary<string, List<Person>>();
        foreach (var (path, _) in Lists())
        {
            readers[path] = [];
            foreach (var person in new[] { patient, doctor, admin })
            {
                readers[path].AddRange((await person.GetAsync(path)).Status == 403 ? [] : [person]);
            }
        }

        // Those who may read a list take turns: what each is shown differs, how a value is read does not.
        var turn = 0;
        var calls =
            from list in Lists()
            where readers[list.Path].Count > 0
            from name in list.Filters.Concat(["page", "page_size", "ordering", "search"])
            from value in _hostile.Append(new string('x', 4000))
            let person = readers[list.Path][turn++ % readers[list.Path].Count]
            let wish = name is "doctor" or "doctor_id" ? $"{name}={value}" : $"doctor={doctor.DoctorId}&{(name is "date" or "start_date" or "end_date" ? "" : "date=2030-01-31&")}{name}={value}"
            select (Person: person, Path: $"{list.Path}?{wish}");

        var offenders = await StrangerTests.EachAsync(calls, async call =>
        {
            var reply = await call.Person.GetAsync(call.Path);
            return reply.Status is 200 or 400 or 403 or 404 ? [] : [$"GET {call.Path[..Math.Min(200, call.Path.Length)]} answers {reply.Status}."];
        });

        offenders.Found.ShouldBeNone("Nothing in a query string is our fault.", offenders.Calls, 1000);
    }

    private List<(string Path, IEnumerable<string> Filters)> Lists() =>
    [
        .. from route in app.Routes
           where route.RoutePattern.Parameters.Count == 0 && route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] == "GET"
           where route.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Any(p => p.Type is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ListEnvelope<>))
              || route.Metadata.GetMetadata<ListFilters>() is not null
           select ("/" + route.RoutePattern.RawText!.Trim('/') + "/", route.Metadata.GetMetadata<ListFilters>()?.Names ?? Enumerable.Empty<string>()),
    ];
}
