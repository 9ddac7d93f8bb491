using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

public sealed class ReminderMailDownTests(ReminderMailDownTests.MailDown app) : IClassFixture<ReminderMailDownTests.MailDown>
{
    [Fact]
    public async Task Email_provider_failing_does_not_stop_sms()
    {
        using var doctor = await app.BookableDoctorAsync();
        var patient = await app.PatientAsync();
        var phone = $"+23482{Random.Shared.Next(10_000_000, 99_999_999)}";
        (await patient.PatchAsync("/api/auth/profile/", new { phone })).Status.ShouldBe(200);
        (await patient.PutAsync("/api/notifications/preferences/", new { choices = new[] { new { category = "reminder", channel = "sms", is_on = true } } })).Status.ShouldBe(200);
        var visit = await patient.BookedAsync((await doctor.OfferAsync(app.Day(3), 1))[0]);
        await Eventually.HoldsAsync(async () =>
        {
            await app.DeliverEventsAsync();
            return (await patient.GetAsync($"/api/reminders/?appointment={visit}&channel=sms")).Total == 2;
        });

        var start = (await patient.GetAsync($"/api/appointments/{visit}/")).Data.GetProperty("start").GetDateTimeOffset();
        app.Advance(start.AddHours(-12) - app.Now);
        await app.RunJobAsync("scheduling.send-reminders");

        await Eventually.HoldsAsync(async () =>
            (await app.Anonymous.AskAsync($"/dev/inbox/?to={Uri.EscapeDataString(phone)}")).Rows.Any(m => m.GetProperty("text").GetString()!.Contains("begins at", StringComparison.Ordinal)));
        await Eventually.HoldsAsync(async () => (long)(await app.SqlAsync("SELECT count(*) FROM platform.messages WHERE channel = 'email' AND failure IS NOT NULL AND status = 'queued'"))! > 0);
    }

    /// <summary>An application whose mail server does not answer.</summary>
    public sealed class MailDown(TestCluster cluster) : TestApp(cluster)
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
        {
            ["Delivery:Mail"] = "smtp",
            ["Delivery:Smtp:Host"] = "127.0.0.1",
            ["Delivery:Smtp:Port"] = "1",
            ["Delivery:Smtp:UseTls"] = "false",
            ["Delivery:Smtp:From"] = "careline@example.test",
        };
    }
}
