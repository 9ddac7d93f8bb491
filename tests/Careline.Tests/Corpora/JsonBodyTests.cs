using System.Net.Http.Headers;
using System.Text.Json;
using Careline.Tests.Architecture;
using Careline.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Careline.Tests.Corpora;

/// <summary>Every body of JSONTestSuite, whole, on every route that takes one: never our fault, and what is no JSON is refused.</summary>
[Collection(typeof(House))]
public sealed class JsonBodyTests(House app)
{
    [Fact]
    public async Task No_body_breaks_a_route()
    {
        var bodies = Corpus.JsonBodies();
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        using var admin = await app.SuperAdminAsync();
        using var pharmacist = await app.StaffAsync("pharmacist");
        var routes = app.Routes.Where(r => r.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is not null && RouteTests.Ids(r).FirstOrDefault() is null).ToList();

        // A well-formed body signs out, and the calls after it would say nothing.
        HttpClient ClientFor(RouteEndpoint route) => route.Metadata.GetMetadata<IAllowAnonymous>() is not null ? app.Anonymous
            : route.Metadata.GetMetadata<AuthorizationPolicy>()?.Requirements.OfType<RolesAuthorizationRequirement>().FirstOrDefault() is not { } roles ? doctor.Client
            : roles.AllowedRoles.Contains("doctor") ? doctor.Client : roles.AllowedRoles.Contains("superadmin") ? admin.Client : roles.AllowedRoles.Contains("patient") ? patient.Client : pharmacist.Client;
        var calls =
            from route in routes
            from body in bodies
            where !route.RoutePattern.RawText!.Contains("logout", StringComparison.Ordinal) || (body.Name.StartsWith("n_", StringComparison.Ordinal) && body.Body.Length > 0)
            select (Method: route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0], Path: StrangerTests.Filled(route, _ => Guid.Empty), body.Name, body.Body,
                Client: ClientFor(route), MayBeEmpty: route.Metadata.GetMetadata<IAcceptsMetadata>()!.IsOptional);

        var offenders = await StrangerTests.EachAsync(calls, async call =>
        {
            var content = new ByteArrayContent(call.Body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            var reply = await call.Client.SendAsync(call.Method, call.Path, content);
            var isWrong = reply.Status is 401 or 403 or >= 500
                || (call.Name.StartsWith("n_", StringComparison.Ordinal) && reply.Status != 400 && !(call.Body.Length == 0 && call.MayBeEmpty));
            return isWrong ? [$"{call.Method} {call.Path} answers {reply.Status} to {call.Name}."] : [];
        });

        offenders.Found.ShouldBeNone("No JSON, and no other bytes, are our fault.", offenders.Calls, 3000);
    }

    [Fact]
    public async Task Any_json_is_kept_as_a_setting_or_refused()
    {
        using var person = await app.PatientAsync();
        var kept = 0;
        foreach (var (name, body) in Corpus.JsonBodies().Where(b => !b.Name.StartsWith("n_", StringComparison.Ordinal)))
        {
            var content = new ByteArrayContent([.. "{\"preferences\":{\"x\":"u8, .. body, .. "}}"u8]);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            var reply = await person.Client.SendAsync("PATCH", "/api/auth/profile/", content);

            reply.Status.ShouldBeOneOf([200, 400], $"{name}: {reply.Text}");
            if (reply.Status == 200)
            {
                kept++;
                var back = (await person.GetAsync("/api/auth/profile/")).Data.GetProperty("preferences");
                JsonElement.DeepEquals(back, reply.Data.GetProperty("preferences")).ShouldBeTrue($"{name} came back as {back}");
            }
        }

        kept.ShouldBeGreaterThan(70);
    }
}
