using System.Text.Json;
using Careline.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Careline.Tests.Scheduling;

/// <summary>Reminders come once, when they should, of what is true; the ledger says of each what became of it.</summary>
public sealed class ReminderTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Job = "scheduling.send-reminders";

    [Fact]
    public async Task A_booking_plans_a_day_and_an_hour_before_by_the_usual_channels()
    {
        var (patient, doctor, visit) = await BookedAsync();

        var ledger = await LedgerAsync(patient, visit);

        ledger.Select(r => (Word(r, "channel"), r.GetProperty("offset_minutes").GetInt32(), Word(r, "status")))
            .ShouldBe([("in_app", 1440, "planned"), ("email", 1440, "planned"), ("in_app", 60, "planned"), ("email", 60, "planned")], ignoreOrder: true);
        ledger.ShouldAllBe(r => r.GetProperty("due_at").GetDateTimeOffset() == r.GetProperty("start").GetDateTimeOffset().AddMinutes(-r.GetProperty("offset_minutes").GetInt32()));
        (await LedgerAsync(doctor, visit)).ShouldBeEmpty();
        (await patient.GetAsync($"/api/reminders/?appointment={visit}&status=planned&channel=email")).Total.ShouldBe(2);
    }

    [Fact]
    public async Task A_moved_visit_is_reminded_of_at_its_new_time_only()
    {
        var (patient, doctor, visit) = await BookedAsync();
        var later = (await doctor.OfferAsync(app.Day(4), 1, "15:00:00"))[0];

        var first = (await LedgerAsync(patient, visit)).Select(r => Word(r, "start")).Distinct().ShouldHaveSingleItem();

        (await patient.MoveAsync(visit, "reschedule", new { time_slot_id = later })).Status.ShouldBe(200);

        // With the move itself, whether anybody reacted to it already or not.
        (await LedgerAsync(patient, visit, deliver: false)).Where(r => Word(r, "start") == first).ToList()
            .ShouldSatisfyAllConditions(rows => rows.Count.ShouldBe(4), rows => rows.ShouldAllBe(r => Word(r, "status") == "voided" && Word(r, "why") == "moved"));
        var ledger = await LedgerAsync(patient, visit);
        ledger.Count(r => Word(r, "status") == "planned").ShouldBe(4);
        patient = await PassAsync(patient, ledger.Where(r => Word(r, "status") == "planned").Min(r => r.GetProperty("due_at").GetDateTimeOffset()));
        await RemindersAsync(patient, expected: 1);
        (await RemindersAsync(patient, expected: 1)).ShouldHaveSingleItem().ShouldContain("15:00 (UTC");
    }

    [Fact]
    public async Task A_visit_that_came_back_to_its_first_time_is_planned_anew()
    {
        var (patient, doctor, visit) = await BookedAsync();
        var first = (await patient.GetAsync($"/api/appointments/{visit}/")).Word("start");
        (await patient.MoveAsync(visit, "reschedule", new { time_slot_id = (await doctor.OfferAsync(app.Day(5), 1))[0] })).Status.ShouldBe(200);
        (await patient.MoveAsync(visit, "reschedule", new { start = first })).Status.ShouldBe(200);

        var ledger = await LedgerAsync(patient, visit);

        ledger.Count(r => Word(r, "status") == "planned").ShouldBe(4);
        ledger.Where(r => Word(r, "status") == "planned").ShouldAllBe(r => Word(r, "start") == first);
    }

    [Fact]
    public async Task Nobody_is_reminded_of_a_visit_that_was_called_off()
    {
        var (patient, _, visit) = await BookedAsync();
        await app.DeliverEventsAsync();
        (await patient.MoveAsync(visit, "cancel")).Status.ShouldBe(200);

        (await LedgerAsync(patient, visit)).ShouldAllBe(r => Word(r, "status") == "voided" && Word(r, "why") == "called_off");
    }

    [Fact]
    public async Task Reminder_job_run_three_times_or_by_two_nodes_or_with_a_crash_in_the_middle_one_message()
    {
        var (patient, _, visit) = await BookedAsync();
        var due = (await LedgerAsync(patient, visit)).Min(r => r.GetProperty("due_at").GetDateTimeOffset());
        await app.SqlAsync(
            """
            CREATE FUNCTION public.crash() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''crash''; END';
            CREATE TRIGGER crash AFTER UPDATE OF status ON scheduling.reminders FOR EACH ROW WHEN (NEW.status = 'sent') EXECUTE FUNCTION public.crash()
            """);
        app.Advance(due - app.Now + TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync(() => CrashesAsync());
        await app.SqlAsync("DROP TRIGGER crash ON scheduling.reminders");
        patient = await app.SignInAsync(patient.UserName);
        (await RemindersAsync(patient, expected: 0)).ShouldBeEmpty();

        await Task.WhenAll(app.RunJobAsync(Job), app.RunJobAsync(Job));
        await Task.WhenAll(app.RunJobAsync(Job), app.RunJobAsync(Job));
        await app.RunJobAsync(Job);

        (await RemindersAsync(patient, expected: 1)).ShouldHaveSingleItem();
        (await patient.GetAsync("/api/notifications/?category=reminder")).Rows.Count().ShouldBe(1);
    }

    [Fact]
    public async Task Reminder_job_with_nothing_due_succeeds()
    {
        await app.RunJobAsync(Job);
        await app.RunJobAsync(Job);
    }

    [Fact]
    public async Task After_a_pause_the_latest_is_sent_and_the_others_say_why_not()
    {
        var (patient, _, visit) = await BookedAsync();
        var due = (await LedgerAsync(patient, visit)).Max(r => r.GetProperty("due_at").GetDateTimeOffset());

        patient = await PassAsync(patient, due);

        (await RemindersAsync(patient, expected: 1)).ShouldHaveSingleItem();
        var ledger = await LedgerAsync(patient, visit);
        ledger.Where(r => r.GetProperty("offset_minutes").GetInt32() == 1440).ShouldAllBe(r => Word(r, "status") == "skipped" && Word(r, "why") == "superseded");
    }

    [Fact]
    public async Task What_was_sent_is_told_to_be_delivered()
    {
        var (patient, _, visit) = await BookedAsync();
        patient = await PassAsync(patient, (await LedgerAsync(patient, visit)).Min(r => r.GetProperty("due_at").GetDateTimeOffset()));
        await RemindersAsync(patient, expected: 1);

        await Eventually.HoldsAsync(async () =>
        {
            await app.RunJobAsync(Job);
            return (await LedgerAsync(patient, visit)).Count(r => Word(r, "status") == "delivered") == 2;
        });
    }

    [Fact]
    public async Task After_the_start_nothing_is_sent_any_more()
    {
        var (patient, _, visit) = await BookedAsync();
        var start = (await LedgerAsync(patient, visit))[0].GetProperty("start").GetDateTimeOffset();

        patient = await PassAsync(patient, start);

        (await RemindersAsync(patient, expected: 0)).ShouldBeEmpty();
        (await LedgerAsync(patient, visit)).ShouldAllBe(r => Word(r, "status") == "skipped" && Word(r, "why") == "too_late");
    }

    [Fact]
    public async Task A_reminder_in_the_post_is_taken_back_when_its_visit_moves()
    {
        var (patient, doctor, visit) = await BookedAsync();
        var id = (await LedgerAsync(patient, visit)).First(r => Word(r, "channel") == "email").GetProperty("id").GetGuid();
        await app.SqlAsync(
            "INSERT INTO platform.messages (id, channel, content, status, tries, due_at, expires_at, created_at) VALUES ($1, 'email', '\\x00', 'queued', 0, $2, $3, $4)",
            id, app.Now.AddHours(1), app.Now.AddDays(1), app.Now);
        await app.SqlAsync("UPDATE scheduling.reminders SET status = 'sent', settled_at = $2 WHERE id = $1", id, app.Now);

        (await patient.MoveAsync(visit, "reschedule", new { time_slot_id = (await doctor.OfferAsync(app.Day(4), 1, "16:00:00"))[0] })).Status.ShouldBe(200);

        (await app.SqlAsync("SELECT status FROM platform.messages WHERE id = $1 AND content IS NULL", id)).ShouldBe("expired");
        Word((await LedgerAsync(patient, visit)).Single(r => r.GetProperty("id").GetGuid() == id), "status").ShouldBe("voided");
    }

    [Fact]
    public async Task Who_wants_to_be_reminded_otherwise_is_from_then_on()
    {
        var (patient, doctor, visit) = await BookedAsync();
        await LedgerAsync(patient, visit);

        (await patient.PutAsync("/api/notifications/preferences/", new
        {
            reminder_offsets = new[] { 120 },
            choices = new[] { new { category = "reminder", channel = "email", is_on = false } },
        })).Status.ShouldBe(200);
        (await doctor.PutAsync("/api/notifications/preferences/", new { reminder_offsets = new[] { 30 } })).Status.ShouldBe(200);

        var ledger = await LedgerAsync(patient, visit);
        ledger.Where(r => Word(r, "status") == "planned").Select(r => (Word(r, "channel"), r.GetProperty("offset_minutes").GetInt32())).ShouldBe([("in_app", 120)]);
        ledger.Where(r => Word(r, "status") == "voided").ShouldAllBe(r => Word(r, "why") == "switched_off");
        (await LedgerAsync(doctor, visit)).Count.ShouldBe(2);

        (await patient.PutAsync("/api/notifications/preferences/", new { })).Status.ShouldBe(200);
        (await LedgerAsync(patient, visit)).Count(r => Word(r, "status") == "planned").ShouldBe(4);
    }

    [Fact]
    public async Task Quiet_hours_of_the_readers_own_zone_are_kept()
    {
        var (patient, _, visit) = await BookedAsync();

        // The visit is at 09:00 UTC, 10:00 in Lagos: an hour before falls into these hours, a day before too.
        (await patient.PutAsync("/api/notifications/preferences/", new { time_zone = "Africa/Lagos", quiet_hours = new { from = "21:00:00", until = "10:30:00" } })).Status.ShouldBe(200);

        var ledger = (await LedgerAsync(patient, visit)).Where(r => Word(r, "channel") == "email").ToDictionary(r => r.GetProperty("offset_minutes").GetInt32());
        var start = ledger[60].GetProperty("start").GetDateTimeOffset();
        ledger[1440].GetProperty("due_at").GetDateTimeOffset().ShouldBe(start.Date.AddDays(-1).AddHours(9.5));
        ledger[60].GetProperty("due_at").GetDateTimeOffset().ShouldBe(start.Date.AddDays(-1).AddHours(20).AddMinutes(-1));
    }

    [Fact]
    public async Task A_clinic_says_when_its_patients_are_reminded_who_say_nothing_else()
    {
        var (clinic, doctor, patient) = (await app.ClinicAsync(), await app.BookableDoctorAsync(), await app.PatientAsync());
        using var boss = await app.StaffAsync("receptionist");
        await app.JoinAsync(boss, clinic, "administrator");
        await app.JoinAsync(doctor, clinic, "doctor");
        var path = $"/api/eclinic/clinics/{clinic}/reminders/";

        (await boss.GetAsync(path)).Data.GetProperty("reminder_offsets").EnumerateArray().Select(m => m.GetInt32()).ShouldBe([1440, 60]);
        (await boss.PutAsync(path, new { reminder_offsets = new[] { 14 } })).Status.ShouldBe(400);
        (await boss.PutAsync(path, new { reminder_offsets = new[] { 30, 2880 } })).Status.ShouldBe(200);
        (await doctor.GetAsync(path)).Status.ShouldBe(404);
        var slot = (await doctor.PostAsync("/api/time-slots/", new { date = app.Day(4).Text(), start_time = "08:00:00", end_time = "08:30:00", clinic_id = clinic })).Id;

        var visit = await patient.BookedAsync(slot.ToString());

        (await LedgerAsync(patient, visit)).Where(r => Word(r, "channel") == "email").Select(r => r.GetProperty("offset_minutes").GetInt32()).ShouldBe([2880, 30], ignoreOrder: true);
    }

    [Fact]
    public async Task A_patient_without_an_account_is_reminded_by_the_address_of_the_record()
    {
        using var doctor = await app.BookableDoctorAsync();
        var phone = $"+23481{Random.Shared.Next(10_000_000, 99_999_999)}";
        var patient = (await doctor.PostAsync("/api/patients/", new { first_name = "Walk", last_name = "In", phone })).Id;
        var slot = (await doctor.OfferAsync(app.Day(3), 1, "11:00:00"))[0];
        var visit = (await doctor.PostAsync("/api/appointments/", new { time_slot_id = slot, patient_id = patient, reason = "Cough" })).Id;
        await app.DeliverEventsAsync();
        await Eventually.HoldsAsync(async () => (long)(await app.SqlAsync("SELECT count(*) FROM scheduling.reminders WHERE appointment_id = $1 AND account_id IS NULL", visit))! == 2);

        var due = (DateTime)(await app.SqlAsync("SELECT min(due_at) FROM scheduling.reminders WHERE appointment_id = $1", visit))!;
        app.Advance(due - app.Now.UtcDateTime + TimeSpan.FromSeconds(1));
        await app.RunJobAsync(Job);

        await Eventually.HoldsAsync(async () => (await app.InboxAsync(phone)).Count(IsReminder) == 1);
    }

    private async Task<(Person Patient, Person Doctor, Guid Visit)> BookedAsync()
    {
        var doctor = await app.BookableDoctorAsync();
        var patient = await app.PatientAsync();
        return (patient, doctor, await patient.BookedAsync((await doctor.OfferAsync(app.Day(3), 1))[0]));
    }

    private async Task<List<JsonElement>> LedgerAsync(Person reader, Guid visit, bool deliver = true)
    {
        if (deliver)
        {
            // The application's own dispatcher may be in the middle of one.
            await Eventually.HoldsAsync(async () =>
            {
                await app.DeliverEventsAsync();
                return (long)(await app.SqlAsync("SELECT count(*) FROM platform.outbox WHERE handler LIKE 'Careline.Scheduling.%'"))! == 0;
            });
        }

        return [.. (await reader.GetAsync($"/api/reminders/?appointment={visit}&page_size=100")).Rows];
    }

    // Sign-ins do not last that long.
    private async Task<Person> PassAsync(Person reader, DateTimeOffset until)
    {
        if (until >= app.Now)
        {
            app.Advance(until - app.Now + TimeSpan.FromSeconds(1));
        }

        await app.RunJobAsync(Job);
        return await app.SignInAsync(reader.UserName);
    }

    private async Task<List<string>> RemindersAsync(Person reader, int expected)
    {
        var found = new List<string>();
        await Eventually.HoldsAsync(async () =>
        {
            found = [.. (await app.InboxAsync($"{reader.UserName}@example.test")).Where(IsReminder)];
            return found.Count >= expected;
        });
        return found;
    }

    // The application's own run may hold the rows at that moment.
    private async Task<bool> CrashesAsync()
    {
        try
        {
            await app.RunJobAsync(Job);
            return false;
        }
        catch (DbUpdateException)
        {
            return true;
        }
    }

    private static bool IsReminder(string text) => text.Contains("begins at", StringComparison.Ordinal);

    private static string Word(JsonElement row, string name) => row.GetProperty(name).GetString()!;
}
