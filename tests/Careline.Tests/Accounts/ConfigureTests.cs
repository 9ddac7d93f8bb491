using Careline.Tests.Payments;
using Careline.Tests.Prescriptions;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;
using Careline.Vitals;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Careline.Tests.Accounts;

public sealed class ConfigureTests(TwoHosts hosts) : IClassFixture<TwoHosts>
{
    private const string Path = "/api/configuration/";

    [Fact]
    public async Task A_change_counts_on_all_hosts_without_a_restart_and_its_history_stays()
    {
        using var boss = await hosts.SuperAdminAsync();
        using var other = new HttpClient(new SocketsHttpHandler()) { BaseAddress = hosts.Other };

        (await SetAsync(boss, "system.maintenance_notice", "Away tonight at ten")).Data.GetProperty("is_set").GetBoolean().ShouldBeTrue();

        await Eventually.HoldsAsync(async () => (await other.AskAsync("/api/system/notice/")).Word("message") == "Away tonight at ten");
        await Eventually.HoldsAsync(async () => (await hosts.Anonymous.AskAsync("/api/system/notice/")).Word("message") == "Away tonight at ten");
        (await SetAsync(boss, "system.maintenance_notice", null)).Data.GetProperty("is_set").GetBoolean().ShouldBeFalse();
        await Eventually.HoldsAsync(async () => (await other.AskAsync("/api/system/notice/")).Data.GetProperty("message").ValueKind == System.Text.Json.JsonValueKind.Null);
        var history = (await boss.GetAsync(Path + "system.maintenance_notice/history/")).Rows.ToList();
        history.Select(c => c.GetProperty("value").GetString()).ShouldBe([null, "Away tonight at ten"]);
        history.ShouldAllBe(c => c.GetProperty("changed_by").GetGuid() == boss.UserId && c.GetProperty("reason").GetString() == "For a test");
        (await hosts.SqlAsync("SELECT count(*) FROM audit.events WHERE action = 'ChangeSetting' AND fields = ARRAY['system.maintenance_notice'] AND outcome = 'success'")).ShouldBe(2L);
        await Should.ThrowAsync<Npgsql.PostgresException>(() => hosts.SqlAsync("DELETE FROM platform.setting_changes"));
    }

    [Fact]
    public async Task A_host_that_starts_later_knows_what_was_changed_before()
    {
        using var boss = await hosts.SuperAdminAsync();
        (await SetAsync(boss, "accounts.invitation_minutes", "77")).Status.ShouldBe(200);
        await hosts.SqlAsync("INSERT INTO platform.settings (key, value, changed_at) VALUES ('payments.pay_within_minutes', '-5', $1), ('of.another_release', 'x', $1)", hosts.Now);

        using var third = new HttpClient(new SocketsHttpHandler()) { BaseAddress = await hosts.FurtherAsync() };
        third.DefaultRequestHeaders.Authorization = new("Bearer", boss.Access);

        (await third.AskAsync("/health/")).Status.ShouldBe(200);
        (await third.AskAsync(Path)).Rows.Single(s => s.GetProperty("key").GetString() == "accounts.invitation_minutes").GetProperty("value").GetString().ShouldBe("77");
        await hosts.SqlAsync("DELETE FROM platform.settings");
        await hosts.StopLatestAsync();
    }

    [Fact]
    public async Task Registration_is_closed_and_opened_again()
    {
        using var boss = await hosts.SuperAdminAsync();
        var person = new { username = "late", email = "late@example.test", password = TestApp.Password, first_name = "Late", last_name = "Comer", user_type = "patient" };

        (await SetAsync(boss, "accounts.registration_open", "false")).Status.ShouldBe(200);
        await Eventually.HoldsAsync(async () => (await hosts.Anonymous.PostAsync("/api/auth/register/", person with { password = "short" })).ErrorCode == "REGISTRATION_CLOSED");
        (await hosts.Anonymous.PostAsync("/api/auth/register/", person)).ErrorCode.ShouldBe("REGISTRATION_CLOSED");
        (await SetAsync(boss, "accounts.registration_open", "true")).Status.ShouldBe(200);

        await Eventually.HoldsAsync(async () => (await hosts.Anonymous.PostAsync("/api/auth/register/", person)).Status == 201);
    }

    [Fact]
    public async Task What_is_changed_counts_for_what_happens_from_then_on()
    {
        using var boss = await hosts.SuperAdminAsync();
        using var ward = await hosts.WardAsync();
        foreach (var (key, value) in ((string, string)[])
            [("payments.pay_within_minutes", "7"), ("prescriptions.valid_days", "3"), ("patients.request_days", "9"), ("scheduling.reminder_offsets", "120, 45"),
             ("scheduling.emergency_advice", "Call 112 now."), ("vitals.again_after_minutes", "2"), ("vitals.practice_after_minutes", "3"), ("vitals.platform_after_minutes", "4")])
        {
            (await SetAsync(boss, key, value)).Status.ShouldBe(200, key);
        }

        var ladder = hosts.Services.GetRequiredService<IOptions<VitalsOptions>>();
        await Eventually.HoldsAsync(() => Task.FromResult((ladder.Value.AgainAfterMinutes, ladder.Value.PracticeAfterMinutes, ladder.Value.PlatformAfterMinutes) == (2, 3, 4)));

        var sheet = await ward.SignedAsync(Sheets.Paracetamol);
        sheet.Data.GetProperty("valid_until").GetDateTimeOffset().ShouldBe(hosts.Now.AddDays(3), TimeSpan.FromMinutes(5));
        var asked = await ward.Patient.PostAsync("/api/patients/me/data-requests/", new { kind = "correction", reason = "Misspelt" });
        asked.Data.GetProperty("due_at").GetDateTimeOffset().ShouldBe(hosts.Now.AddDays(9), TimeSpan.FromMinutes(5));
        var visit = await ward.Patient.BookedAsync((await ward.Doctor.OfferAsync(hosts.Day(2), 1))[0]);
        await hosts.SqlAsync("UPDATE scheduling.appointments SET fee_amount = 50000, fee_currency = 'NGN' WHERE id = $1", visit);
        var payment = await ward.Patient.StartAsync(visit);
        payment.Data.GetProperty("expires_at").GetDateTimeOffset().ShouldBe(hosts.Now.AddMinutes(7), TimeSpan.FromMinutes(2));
        var clinic = await boss.PostAsync("/api/eclinic/clinics/", new { name = "Any", time_zone = "UTC" });
        (await boss.GetAsync($"/api/eclinic/clinics/{clinic.Id}/reminders/")).Data.GetProperty("reminder_offsets").EnumerateArray().Select(m => m.GetInt32()).ShouldBe([120, 45]);
        var urgent = await ward.Patient.PostAsync(
            "/api/appointment-requests/", new { doctor_id = ward.Doctor.DoctorId, preferred_date = hosts.Day(5).Text(), day_part = "morning", urgency = "emergency", reason = "Pain" });
        urgent.Text.ShouldContain("Call 112 now.");
        await hosts.SqlAsync("DELETE FROM platform.settings");
    }

    [Theory]
    [InlineData("payments.pay_within_minutes", "0")]
    [InlineData("payments.pay_within_minutes", "1441")]
    [InlineData("payments.pay_within_minutes", "soon")]
    [InlineData("payments.pay_within_minutes", "")]
    [InlineData("accounts.registration_open", "maybe")]
    [InlineData("scheduling.reminder_offsets", "5")]
    [InlineData("scheduling.emergency_advice", " ")]
    public async Task What_is_no_value_of_the_setting_is_refused(string key, string value)
    {
        using var boss = await hosts.SuperAdminAsync();

        var refused = await SetAsync(boss, key, value);

        (refused.Status, refused.ErrorCode).ShouldBe((400, "VALIDATION_ERROR"));
        (await hosts.SqlAsync("SELECT count(*) FROM platform.settings WHERE key = $1 AND value = $2", key, value)).ShouldBe(0L);
    }

    [Fact]
    public async Task Only_superadministrators_change_what_is_on_the_list_and_say_why()
    {
        using var boss = await hosts.SuperAdminAsync();
        using var admin = await hosts.AdminAsync();

        (await admin.GetAsync(Path)).Status.ShouldBe(403);
        (await SetAsync(admin, "payments.pay_within_minutes", "5")).Status.ShouldBe(403);
        (await SetAsync(boss, "Security:SigningKey", "secret")).Status.ShouldBe(404);
        (await SetAsync(boss, "tokens.access_minutes", "5")).Status.ShouldBe(404);
        (await boss.GetAsync(Path + "tokens.access_minutes/history/")).Status.ShouldBe(404);
        (await boss.PutAsync(Path + "payments.pay_within_minutes/", new { value = "5" })).Status.ShouldBe(400);
        (await boss.PutAsync(Path + "payments.pay_within_minutes/", new { value = 5, reason = "X" })).Status.ShouldBe(400);
        var settings = (await boss.GetAsync(Path)).Rows.ToList();
        settings.Count.ShouldBeGreaterThanOrEqualTo(12);
        settings.Single(s => s.GetProperty("key").GetString() == "payments.pay_within_minutes").GetProperty("default").GetString().ShouldBe("30");
    }

    private static Task<Reply> SetAsync(Person by, string key, string? value) => by.PutAsync($"{Path}{key}/", new { value, reason = "For a test" });
}
