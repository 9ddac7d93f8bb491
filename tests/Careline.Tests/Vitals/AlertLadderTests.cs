using System.Text.Json;
using Careline.Platform.Data;
using Careline.Tests.Architecture;
using Careline.Tests.Consultations;
using Careline.Tests.Patients;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;
using Careline.Vitals.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Vitals;

/// <summary>An alert is called out step by step, each once, until somebody takes it.</summary>
public sealed class AlertLadderTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Job = "vitals.call-out";

    /// <summary>NEWS2 of 7: pulse 2, oxygen 2, saturation 3.</summary>
    internal static readonly object ScoreOfSeven = new
    {
        systolic = 120,
        heart_rate = 111,
        temperature = 37.0,
        respiratory_rate = 16,
        oxygen_saturation = 91,
        consciousness = "alert",
        on_oxygen = true,
    };

    [Fact]
    public async Task A_score_of_seven_reaches_the_doctor_by_every_channel_once_until_it_is_acknowledged()
    {
        using var visit = await app.StartedVisitAsync();
        var doctor = visit.Doctor;
        var phone = $"+23481{Random.Shared.Next(10_000_000, 99_999_999)}";
        (await doctor.PatchAsync("/api/auth/profile/", new { phone })).Status.ShouldBe(200);

        (await doctor.PostAsync("/api/notifications/push-subscriptions/", StrangersWorld.Browser($"{doctor.UserId}"))).Status.ShouldBe(201);

        // In the middle of quiet hours that never end.
        (await doctor.PutAsync("/api/notifications/preferences/", new { time_zone = "UTC", quiet_hours = new { from = "00:00:00", until = "23:59:00" } })).Status.ShouldBe(200);

        var set = await visit.ByDoctorAsync("vital-signs", ScoreOfSeven);
        (set.Data.GetProperty("news2_score").GetInt32(), set.Word("news2_risk")).ShouldBe((7, "high"));
        await app.DeliverEventsAsync();
        await Task.WhenAll(app.RunJobAsync(Job), app.RunJobAsync(Job), app.DeliverEventsAsync());

        var alert = (await doctor.GetAsync("/api/alerts/?mine=true&status=open")).Rows.ShouldHaveSingleItem();
        (Word(alert, "title"), Word(alert, "severity"), Word(alert, "step"), Word(alert, "next_step")).ShouldBe(("early_warning_high", "critical", "responsible", "responsible_again"));
        alert.GetProperty("source_id").GetGuid().ShouldBe(set.Id);
        (await ToldAsync(doctor)).ShouldBe(["vitals.alert"]);
        (await CallsAsync(phone)).ShouldBe(1);
        (await PushesAsync(doctor)).ShouldBe(1L);
        (await CallsAsync($"{doctor.UserName}@example.test")).ShouldBe(1);
        await app.RunJobAsync(Job);

        app.Advance(TimeSpan.FromMinutes(10));
        await Task.WhenAll(app.RunJobAsync(Job), app.RunJobAsync(Job));
        (await ToldAsync(doctor)).ShouldBe(["vitals.alert", "vitals.alert_again"], ignoreOrder: true);
        (await CallsAsync(phone)).ShouldBe(2);
        (await PushesAsync(doctor)).ShouldBe(2L);

        var path = $"/api/alerts/{alert.GetProperty("id").GetGuid()}/";
        (await doctor.PostAsync($"{path}acknowledge/", new { note = "On my way" })).Word("status").ShouldBe("acknowledged");
        (await doctor.PostAsync($"{path}acknowledge/")).ErrorCode.ShouldBe("ALERT_SETTLED");
        app.Advance(TimeSpan.FromHours(2));
        await app.RunJobAsync(Job);
        (await CallsAsync(phone)).ShouldBe(2);
        using var again = await app.SignInAsync(doctor.UserName);
        var story = (await again.GetAsync(path)).Data;
        story.GetProperty("acts").EnumerateArray().Select(a => (Word(a, "action"), Word(a, "note"))).ShouldBe([("acknowledged", "On my way")]);
        story.GetProperty("calls").GetArrayLength().ShouldBe(8);
    }

    [Fact]
    public async Task Without_an_answer_it_climbs_to_the_clinic_and_then_to_the_platform_who_see_nothing_clinical()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync("Climbing");
        await app.OpenCareAsync(patient.PatientId, doctor);
        var clinic = await Practice.ClinicAsync(app);
        using var boss = await app.StaffAsync("receptionist");
        await app.JoinClinicAsync(boss.UserId, clinic, "administrator");
        using var nurse = await app.StaffAsync("nurse", clinic);
        using var desk = await app.StaffAsync("receptionist", clinic);
        using var admin = await app.AdminAsync();
        var id = await RaiseAsync(patient, doctor.UserId, clinic);

        foreach (var (minutes, told) in new[] { (10, 0), (10, 1), (20, 1) })
        {
            app.Advance(TimeSpan.FromMinutes(minutes));
            await Task.WhenAll(app.RunJobAsync(Job), app.RunJobAsync(Job));
            await app.RunJobAsync(Job);
            (await ToldAsync(boss, id)).Count.ShouldBe(told);
            (await ToldAsync(nurse, id)).Count.ShouldBe(told);
        }

        (await ToldAsync(desk, id)).ShouldBeEmpty();
        (await ToldAsync(admin, id)).ShouldBe(["vitals.alert_platform"]);
        foreach (var person in new[] { boss, nurse, admin })
        {
            using var called = await app.SignInAsync(person.UserName);
            var seen = await called.GetAsync($"/api/alerts/{id}/");
            seen.Data.GetProperty("patient").ValueKind.ShouldBe(JsonValueKind.Null);
            seen.Data.GetProperty("title").ValueKind.ShouldBe(JsonValueKind.Null);
            seen.Data.GetProperty("responsible").GetProperty("id").GetGuid().ShouldBe(doctor.UserId);
            seen.Text.ShouldNotContain("Climbing");
            (await called.GetAsync($"/api/alerts/?patient={patient.PatientId}")).Total.ShouldBe(0);
            (await called.PostAsync($"/api/alerts/{id}/acknowledge/")).Status.ShouldBe(403);
        }

        using var unconcerned = await app.SignInAsync(desk.UserName);
        (await unconcerned.GetAsync($"/api/alerts/{id}/")).Status.ShouldBe(404);
        using var again = await app.SignInAsync(doctor.UserName);
        var alert = (await again.GetAsync($"/api/alerts/{id}/")).Data;
        (Word(alert, "status"), Word(alert, "step"), Word(alert, "next_step")).ShouldBe(("open", "platform", null));
        (await again.GetAsync($"/api/alerts/?patient={patient.PatientId}")).Total.ShouldBe(1);
    }

    [Fact]
    public async Task A_handed_over_alert_calls_the_other_at_once_and_begins_the_ladder_again()
    {
        using var first = await app.BookableDoctorAsync();
        using var second = await app.BookableDoctorAsync();
        using var stranger = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        await app.OpenCareAsync(patient.PatientId, first);
        await app.OpenCareAsync(patient.PatientId, second);
        var id = await RaiseAsync(patient, first.UserId);
        var path = $"/api/alerts/{id}/hand-over/";

        (await first.PostAsync(path, new { doctor_id = stranger.DoctorId, reason = "Off duty" })).ErrorCode.ShouldBe("CANNOT_TAKE_OVER");
        (await first.PostAsync(path, new { doctor_id = first.DoctorId, reason = "Off duty" })).ErrorCode.ShouldBe("CANNOT_TAKE_OVER");
        (await first.PostAsync(path, new { reason = "Off duty" })).Status.ShouldBe(400);
        (await first.PostAsync(path, new { user_id = Guid.CreateVersion7(), reason = "Off duty" })).Status.ShouldBe(400);
        (await stranger.PostAsync(path, new { doctor_id = second.DoctorId, reason = "Off duty" })).Status.ShouldBe(404);
        (await patient.PostAsync(path, new { doctor_id = second.DoctorId, reason = "Off duty" })).Status.ShouldBe(403);
        (await first.PostAsync(path, new { doctor_id = second.DoctorId, reason = "Off duty" })).Data.GetProperty("responsible").GetProperty("id").GetGuid().ShouldBe(second.UserId);

        await app.DeliverEventsAsync();
        await app.RunJobAsync(Job);
        (await ToldAsync(second, id)).ShouldBe(["vitals.alert"]);
        app.Advance(TimeSpan.FromMinutes(10));
        await app.RunJobAsync(Job);
        (await ToldAsync(second, id)).Count.ShouldBe(2);
        (await ToldAsync(first, id)).Count.ShouldBe(1);
        (await first.PostAsync($"/api/alerts/{id}/acknowledge/")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Raised_again_it_changes_nothing_and_graver_it_calls_anew_and_resolved_it_is_still()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var origin = new AlertOrigin(AlertSource.LabResult, Guid.CreateVersion7());
        (await RaisedAsync(Notice(AlertSeverity.Urgent))).ShouldBeTrue();
        var both = await Task.WhenAll(RaisedAsync(Notice(AlertSeverity.Critical)), RaisedAsync(Notice(AlertSeverity.Critical)), RaisedAsync(Notice(AlertSeverity.Urgent)));
        both.Count(called => called).ShouldBe(1);
        await app.DeliverEventsAsync();
        await app.RunJobAsync(Job);

        var alert = (await doctor.GetAsync("/api/alerts/")).Rows.ShouldHaveSingleItem();
        Word(alert, "severity").ShouldBe("critical");
        await InTransactionAsync(async alerts =>
        {
            await alerts.ResolveAsync(origin, CancellationToken.None);
            return true;
        });
        (await doctor.PostAsync($"/api/alerts/{alert.GetProperty("id").GetGuid()}/acknowledge/")).ErrorCode.ShouldBe("ALERT_SETTLED");
        var told = (await ToldAsync(doctor)).Count;
        app.Advance(TimeSpan.FromMinutes(10));
        await app.RunJobAsync(Job);
        (await ToldAsync(doctor)).Count.ShouldBe(told);
        (await RaisedAsync(Notice(AlertSeverity.Critical))).ShouldBeTrue();

        ClinicalAlertNotice Notice(AlertSeverity severity) => new(origin, AlertTitle.CriticalResult, severity, patient.PatientId) { ResponsibleAccountId = doctor.UserId };
        Task<bool> RaisedAsync(ClinicalAlertNotice notice) => InTransactionAsync(alerts => alerts.RaiseAsync(notice, CancellationToken.None));
    }

    [Fact]
    public async Task A_step_on_which_nobody_stands_is_passed_over_at_once()
    {
        using var gone = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        await app.SqlAsync("UPDATE accounts.accounts SET status = 'disabled' WHERE id = $1", gone.UserId);

        var id = await RaiseAsync(patient, gone.UserId);

        (await ToldAsync(admin, id)).ShouldBe(["vitals.alert_platform"]);
        (await app.SqlAsync("SELECT status || ' ' || step FROM vitals.alerts WHERE id = $1", id)).ShouldBe("open platform");
    }

    [Fact]
    public async Task A_crash_in_the_middle_of_a_step_calls_nobody_and_the_next_try_calls_once()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var id = await RaiseAsync(patient, doctor.UserId);
        await app.SqlAsync(
            """
            CREATE FUNCTION public.crash_of_call() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''crash''; END';
            CREATE TRIGGER crash_of_call AFTER UPDATE OF step ON vitals.alerts FOR EACH ROW EXECUTE FUNCTION public.crash_of_call()
            """);
        app.Advance(TimeSpan.FromMinutes(10));
        await Should.ThrowAsync<Exception>(app.RunJobAsync(Job));
        (await ToldAsync(doctor, id)).Count.ShouldBe(1);
        await app.SqlAsync("DROP TRIGGER crash_of_call ON vitals.alerts");

        await Task.WhenAll(app.RunJobAsync(Job), app.RunJobAsync(Job));
        await app.RunJobAsync(Job);

        (await ToldAsync(doctor, id)).Count.ShouldBe(2);
        (await CallsAsync($"{doctor.UserName}@example.test")).ShouldBe(2);
    }

    private async Task<Guid> RaiseAsync(Person patient, Guid responsible, Guid? clinic = null)
    {
        var origin = new AlertOrigin(AlertSource.LabResult, Guid.CreateVersion7());
        (await InTransactionAsync(alerts => alerts.RaiseAsync(
            new ClinicalAlertNotice(origin, AlertTitle.CriticalResult, AlertSeverity.Critical, patient.PatientId) { ResponsibleAccountId = responsible, ClinicId = clinic },
            CancellationToken.None))).ShouldBeTrue();
        await app.DeliverEventsAsync();
        await app.RunJobAsync(Job);
        return (Guid)(await app.SqlAsync("SELECT id FROM vitals.alerts WHERE source_id = $1", origin.Id))!;
    }

    private async Task<T> InTransactionAsync<T>(Func<IClinicalAlerts, Task<T>> act)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var done = await act(scope.ServiceProvider.GetRequiredService<IClinicalAlerts>());
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return done;
    }

    private async Task<List<string>> ToldAsync(Person person, Guid? alert = null)
    {
        using var again = await app.SignInAsync(person.UserName);
        return [.. (await again.GetAsync("/api/notifications/?category=alert&mark_read=false")).Rows
            .Where(n => alert is null || n.GetProperty("about").GetProperty("id").GetGuid() == alert).Select(PhraseOf)];
    }

    // Posted under the call's own id: what a push service does with it is not ours.
    private async Task<object?> PushesAsync(Person person) => await app.SqlAsync(
        "SELECT count(*) FROM vitals.alert_calls c JOIN platform.messages m ON m.id = c.id WHERE c.account_id = $1 AND m.channel = 'push'", person.UserId);

    private async Task<int> CallsAsync(string to) => (await app.InboxAsync(to)).Count(text => text.Contains("clinical alert", StringComparison.Ordinal));

    private static string PhraseOf(JsonElement notification) => Word(notification, "title") switch
    {
        "A clinical alert needs you now" => "vitals.alert",
        "A clinical alert still needs you" => "vitals.alert_again",
        "A clinical alert at your clinic has no answer" => "vitals.alert_practice",
        _ => "vitals.alert_platform",
    };

    private static string? Word(JsonElement row, string name) => row.GetProperty(name).GetString();
}
