using Careline.Doctors.Presence;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Doctors;

public sealed class PresenceTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_doctor_is_shown_as_they_say_and_offline_once_it_is_not_said_again()
    {
        using var doctor = await app.DoctorAsync(specialization: "Urology");
        (await ShownAsync(doctor)).ShouldBe(("offline", "offline"));

        var said = await doctor.PutAsync("/api/doctors/me/presence/", new { state = "available", note = "Until noon" });
        said.Status.ShouldBe(200, said.Text);
        said.Data.GetProperty("expires_at").GetDateTimeOffset().ShouldBe(app.Now.AddSeconds(120), TimeSpan.FromSeconds(20));
        (await ShownAsync(doctor)).ShouldBe(("available", "available"));
        (await doctor.PutAsync("/api/doctors/me/presence/", new { state = "consulting" })).Status.ShouldBe(200);
        (await ShownAsync(doctor)).ShouldBe(("consulting", "consulting"));
        (await app.SqlAsync("SELECT count(*) FROM doctors.presences WHERE doctor_id = $1", doctor.DoctorId)).ShouldBe(1L);
        (await app.SqlAsync("SELECT count(*) FROM audit.events WHERE action = 'SetOwnPresence'")).ShouldBe(0L);

        app.Advance(TimeSpan.FromSeconds(121));
        (await ShownAsync(doctor)).ShouldBe(("offline", "offline"));
        (await doctor.GetAsync("/api/doctors/me/presence/")).Data.GetProperty("state").GetString().ShouldBe("offline");
    }

    [Fact]
    public async Task Offline_is_at_once_and_other_hosts_are_told()
    {
        using var doctor = await app.DoctorAsync(specialization: "Urology");
        var board = app.Services.GetRequiredService<PresenceBoard>();
        (await doctor.PutAsync("/api/doctors/me/presence/", new { state = "busy" })).Status.ShouldBe(200);
        (await doctor.PutAsync("/api/doctors/me/presence/", new { state = "offline" })).Status.ShouldBe(200);
        (await ShownAsync(doctor)).ShouldBe(("offline", "offline"));

        // As another host would say it.
        await app.SqlAsync(
            "UPDATE doctors.presences SET state = 'away', seen_at = $2, expires_at = $3 WHERE doctor_id = $1", doctor.DoctorId, app.Now.AddSeconds(1), app.Now.AddSeconds(120));
        await app.SqlAsync("SELECT pg_notify('careline', 'presence:' || $1)", doctor.DoctorId);
        await Eventually.HoldsAsync(() => board.Of(doctor.DoctorId) == PresenceState.Away);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"state":"asleep"}""")]
    [InlineData("""{"state":3}""")]
    public async Task What_is_no_state_is_refused(string body)
    {
        using var doctor = await app.DoctorAsync();

        (await doctor.PutAsync("/api/doctors/me/presence/", body)).Status.ShouldBe(400);
    }

    private async Task<(string? Listed, string? Read)> ShownAsync(Person doctor) => (
        (await app.Anonymous.AskAsync("/api/doctors/?specialization=urology&page_size=100")).Rows.Single(r => r.GetProperty("id").GetGuid() == doctor.DoctorId)
            .GetProperty("presence").GetString(),
        (await app.Anonymous.AskAsync($"/api/doctors/{doctor.DoctorId}/")).Data.GetProperty("presence").GetString());
}
