using Careline.Tests.Architecture;
using Careline.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Clinics;

/// <summary>Whoever runs one clinic is answered 404 for all that can be done to another, whatever they send; what everybody reads they read as well.</summary>
public sealed class AnotherClinicTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Root = "/api/eclinic/clinics/{id:guid}/";

    // What patients say, they say as patients: 403 to whoever is none. Anybody may say that a review should not stand there.
    private static readonly HashSet<string> _ofPatients = ["POST reviews/", "PUT reviews/{reviewId:guid}/", "DELETE reviews/{reviewId:guid}/"];
    private static readonly HashSet<string> _ofAnybody = ["POST reviews/{reviewId:guid}/report/"];

    [Fact]
    public async Task It_does_not_exist_for_whoever_runs_another()
    {
        using var patient = await app.PatientAsync();
        var clinic = await app.OpenedClinicAsync();
        using var own = await app.BossAsync(clinic);
        using var boss = await app.BossAsync(await app.OpenedClinicAsync("Elsewhere"));
        var ids = new Dictionary<string, Guid>
        {
            ["{id:guid}"] = clinic,
            ["{serviceId:guid}"] = await own.SoldAsync(clinic, new { name = "Chest X-ray", price = new { amount = 100, currency = "NGN" } }),
            ["{reviewId:guid}"] = await app.ReviewedClinicAsync(patient, clinic),
            ["{pictureId:guid}"] = (await own.PostAsync($"{Running.Path}{clinic}/pictures/", Doctors.CredentialTests.Form(Files.Samples.Png(), "hall.png", "image/png"))).Id,
            ["{roomId:guid}"] = (await own.PostAsync($"{Running.Path}{clinic}/rooms/", new { name = "One" })).Id,
            ["{staffId:guid}"] = (await own.GetAsync($"{Running.Path}{clinic}/staff/")).Rows.First().GetProperty("id").GetGuid(),
        };
        var routes = app.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Distinct()
            .Select(r => (Method: StrangerTests.MethodOf(r), Path: $"/{r.RoutePattern.RawText!.Trim('/')}/")).Where(r => r.Path.StartsWith(Root, StringComparison.Ordinal)).ToList();
        var offenders = new List<string>();
        foreach (var (method, pattern) in routes)
        {
            var name = $"{method} {pattern[Root.Length..]}";
            var path = ids.Aggregate(pattern, (text, id) => text.Replace(id.Key, $"{id.Value}", StringComparison.Ordinal)).Replace(":guid}", "}", StringComparison.Ordinal);
            path = System.Text.RegularExpressions.Regex.Replace(path, @"\{\w+\}", _ => $"{Guid.CreateVersion7()}");
            var isPublic = method == "GET" && (await app.Anonymous.AskAsync(path)).Status == 200;
            var expected = isPublic ? 200 : _ofPatients.Contains(name) ? 403 : _ofAnybody.Contains(name) ? 400 : 404;
            var reply = await boss.Client.SendAsync(method, path, method is "GET" or "DELETE" ? null : new { });
            if (reply.Status != expected || (expected == 404 && reply.ErrorCode != "NOT_FOUND"))
            {
                offenders.Add($"{name}: {reply.Status} {reply.ErrorCode}, not {expected}");
            }
        }

        offenders.ShouldBeNone("Another's clinic does not exist for whoever runs one.", routes.Count, 50);
    }
}
