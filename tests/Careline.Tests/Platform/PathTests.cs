using Careline.Tests.Architecture;
using Careline.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace Careline.Tests.Platform;

/// <summary>Paths answer with and without their slash, in any case, and under the names of older documents.</summary>
[Collection(typeof(House))]
public sealed class PathTests(House app)
{
    [Fact]
    public async Task Every_route_answers_with_and_without_its_slash_and_in_any_case()
    {
        var offenders = new List<string>();
        foreach (var route in app.Routes)
        {
            var method = route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
            var path = StrangerTests.Filled(route, _ => Guid.CreateVersion7());
            var namesNothing = route.RoutePattern.Parameters.Any(p => p.Name is "link" or "token" or "name" or "code" or "gateway" or "reference" or "order");
            var isOpen = route.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            foreach (var spelling in new[] { path, path.TrimEnd('/'), path.ToUpperInvariant() }.Where(p => p.Length > 0))
            {
                var reply = await app.Anonymous.SendAsync(method, spelling);
                var ok = isOpen ? reply.Status is 200 or 302 or 400 or 404 or 426 && !(reply.Status == 404 && !namesNothing && RouteTests.Ids(route).FirstOrDefault() is null) : reply.Status == 401;
                if (!ok)
                {
                    offenders.Add($"{method} {spelling} answers {reply.Status}.");
                }
            }
        }

        offenders.ShouldBeNone("The trailing slash is optional and never a redirect.", app.Routes.Count, 100);
    }

    [Fact]
    public async Task Every_alias_answers_as_the_path_it_stands_for()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        var id = Guid.CreateVersion7();
        var offenders = new List<string>();
        var rows = Table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        foreach (var row in rows)
        {
            foreach (var method in row[0].Split(','))
            {
                foreach (var (who, client) in new[] { ("anyone", app.Anonymous), ("a patient", patient.Client), ("a doctor", doctor.Client) })
                {
                    var (older, present) = (row[1].Replace("{id}", id.ToString(), StringComparison.Ordinal), row[2].Replace("{id}", id.ToString(), StringComparison.Ordinal));
                    var body = method == "GET" ? null : "{}";
                    var expected = StrangerTests.Said(await client.SendAsync(method, present, body));
                    foreach (var spelling in new[] { older, older.TrimEnd('/') })
                    {
                        var said = StrangerTests.Said(await client.SendAsync(method, spelling, body));
                        if (said != expected || expected.StartsWith("405", StringComparison.Ordinal) || (who == "anyone" && expected.StartsWith("404", StringComparison.Ordinal)))
                        {
                            offenders.Add($"{method} {spelling} answers {who} {said}; {present} answers {expected}.");
                        }
                    }
                }
            }
        }

        offenders.ShouldBeNone("Paths of older documents are served for good.", rows.Count, 20);
    }

    /// <summary>Methods, the path as documented, the path it stands for.</summary>
    private const string Table =
        """
        GET,POST /api/patients/api/patients/ /api/patients/
        GET,PUT,DELETE /api/patients/api/patients/{id}/ /api/patients/{id}/
        GET,POST /api/appointments/api/appointments/ /api/appointments/
        GET,PUT /api/appointments/api/appointments/{id}/ /api/appointments/{id}/
        POST /api/appointments/api/appointments/{id}/cancel/ /api/appointments/{id}/cancel/
        POST /api/appointments/api/appointments/{id}/reschedule/ /api/appointments/{id}/reschedule/
        POST /api/appointments/api/appointments/{id}/complete/ /api/appointments/{id}/complete/
        GET,POST /api/appointments/api/time-slots/ /api/time-slots/
        POST /api/appointments/api/time-slots/create_bulk_slots/ /api/time-slots/create_bulk_slots/
        GET /api/appointments/api/doctor-availability/ /api/doctor-availability/
        GET /api/appointments/api/statistics/ /api/appointments/statistics/
        GET /api/appointments/api/upcoming/ /api/appointments/upcoming/
        GET /api/appointments/api/today/ /api/appointments/today/
        GET,POST /api/consultations/api/consultations/ /api/consultations/
        GET,PUT /api/consultations/api/consultations/{id}/ /api/consultations/{id}/
        POST /api/consultations/api/consultations/{id}/start_consultation/ /api/consultations/{id}/start/
        POST /api/consultations/api/consultations/{id}/complete_consultation/ /api/consultations/{id}/complete/
        POST /api/consultations/api/consultations/{id}/vital-signs/ /api/consultations/{id}/vital-signs/
        POST /api/consultations/api/consultations/{id}/prescriptions/ /api/consultations/{id}/prescriptions/
        POST /api/consultations/api/consultations/{id}/notes/ /api/consultations/{id}/notes/
        POST /api/consultations/{id}/start_consultation/ /api/consultations/{id}/start/
        POST /api/consultations/{id}/complete_consultation/ /api/consultations/{id}/complete/
        """;
}
