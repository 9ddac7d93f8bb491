using System.Net.Http.Headers;
using Careline.Tests.Support;

namespace Careline.Tests.Doctors;

public sealed class VerifyDoctorTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", "application/json")]
    [InlineData("{}", "application/json")]
    [InlineData("""{"decision": "verified"}""", "application/json")]
    public async Task An_empty_body_means_verified(string? body, string? type)
    {
        using var admin = await app.AdminAsync();
        using var doctor = await app.DoctorAsync(verified: false);
        using var content = body is null ? null : new StringContent(body, new MediaTypeHeaderValue(type!));

        var reply = await admin.PostAsync($"/api/doctors/{doctor.DoctorId}/verify/", content);

        reply.Status.ShouldBe(200, reply.Text);
        reply.Data.GetProperty("is_verified").GetBoolean().ShouldBeTrue();
        (await app.Anonymous.AskAsync($"/api/doctors/{doctor.DoctorId}/")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_rejected_doctor_disappears_and_reads_why()
    {
        using var admin = await app.AdminAsync();
        using var doctor = await app.DoctorAsync();

        var reply = await admin.PostAsync($"/api/doctors/{doctor.DoctorId}/verify/", new { decision = "rejected", note = "The paper has expired." });

        reply.Status.ShouldBe(200, reply.Text);
        (await app.Anonymous.AskAsync($"/api/doctors/{doctor.DoctorId}/")).Status.ShouldBe(404);
        (await app.Anonymous.AskAsync("/api/doctors/")).Rows.ShouldNotContain(r => r.GetProperty("id").GetGuid() == doctor.DoctorId);
        var license = (await doctor.GetAsync("/api/doctors/me/")).Data.GetProperty("license");
        license.GetProperty("status").GetString().ShouldBe("rejected");
        license.GetProperty("note").GetString().ShouldBe("The paper has expired.");
    }

    [Theory]
    [InlineData("""{"decision": "maybe"}""")]
    [InlineData("""{"decision": null}""")]
    [InlineData("""{"decision": "verified", "rating": 5}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task A_decision_that_cannot_be_read_is_refused(string body)
    {
        using var admin = await app.AdminAsync();
        using var doctor = await app.DoctorAsync(verified: false);

        (await admin.PostAsync($"/api/doctors/{doctor.DoctorId}/verify/", body)).Status.ShouldBe(400);
        (await app.Anonymous.AskAsync($"/api/doctors/{doctor.DoctorId}/")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Nobody_but_an_administrator_decides()
    {
        using var doctor = await app.DoctorAsync(verified: false);
        using var patient = await app.PatientAsync();

        (await doctor.PostAsync($"/api/doctors/{doctor.DoctorId}/verify/")).Status.ShouldBe(403);
        (await patient.PostAsync($"/api/doctors/{doctor.DoctorId}/verify/")).Status.ShouldBe(403);
        (await app.Anonymous.PostAsync($"/api/doctors/{doctor.DoctorId}/verify/")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Another_licence_number_has_to_be_verified_again()
    {
        using var doctor = await app.DoctorAsync();

        var reply = await doctor.PatchAsync("/api/doctors/me/", new { license_number = $"NEW-{doctor.DoctorId}" });

        reply.Data.GetProperty("license").GetProperty("status").GetString().ShouldBe("pending");
        (await app.Anonymous.AskAsync($"/api/doctors/{doctor.DoctorId}/")).Status.ShouldBe(404);
    }
}
