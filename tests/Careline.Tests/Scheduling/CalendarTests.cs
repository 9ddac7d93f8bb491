using Careline.Hours.Contracts.ICalendar;
using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

public sealed class CalendarTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public void Lines_are_folded_between_characters_and_no_text_begins_a_line_of_its_own()
    {
        var text = new CalendarText().Line("BEGIN", "VCALENDAR").Line("BEGIN", "VEVENT")
            .Text("SUMMARY", $"{new string('é', 60)}; \U0001F3E5, back\\slash\r\nATTENDEE:mailto:x@example.test\u0007")
            .Line("END", "VEVENT").Line("END", "VCALENDAR").ToString();

        var (_, events) = CalendarReader.Read(text);

        events.Single()["SUMMARY"].ShouldBe($"{new string('é', 60)}; \U0001F3E5, back\\slash\nATTENDEE:mailto:x@example.test");
        events.Single().Keys.ShouldBe(["SUMMARY"]);
    }

    [Fact]
    public async Task Third_reschedule_raises_ICS_SEQUENCE_to_3_with_the_same_UID_and_cancel_follows()
    {
        using var doctor = await app.BookableDoctorAsync("Africa/Lagos");
        using var patient = await app.PatientAsync();
        var slots = await doctor.OfferAsync(app.Day(), 4);
        var id = await patient.BookedAsync(slots[0]);
        var seen = new List<Dictionary<string, string>> { await InvitationAsync(patient, id) };
        foreach (var slot in slots.Skip(1))
        {
            (await patient.MoveAsync(id, "reschedule", new { time_slot_id = slot })).Status.ShouldBe(200);
            (await patient.PatchAsync($"/api/appointments/{id}/", new { reason = "Something else" })).Status.ShouldBe(200);
            seen.Add(await InvitationAsync(patient, id));
        }

        (await patient.MoveAsync(id, "cancel")).Status.ShouldBe(200);
        seen.Add(await InvitationAsync(patient, id));

        seen.Select(e => e["SEQUENCE"]).ShouldBe(["0", "1", "2", "3", "4"]);
        seen.Select(e => e["METHOD"]).ShouldBe(["REQUEST", "REQUEST", "REQUEST", "REQUEST", "CANCEL"]);
        seen.Select(e => e["UID"]).Distinct().ShouldHaveSingleItem();
        seen[^1]["STATUS"].ShouldBe("CANCELLED");

        // Nine in Lagos is eight in UTC.
        seen.Select(e => e["DTSTART"][9..]).ShouldBe(["080000Z", "083000Z", "090000Z", "093000Z", "093000Z"]);
    }

    [Fact]
    public async Task An_invitation_says_when_and_nothing_of_whom_or_why()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync("Euphemia");
        using var stranger = await app.PatientAsync();
        var id = await patient.BookedAsync((await doctor.OfferAsync(app.Day(), 1))[0]);

        var reply = await patient.GetAsync($"/api/appointments/{id}/invite.ics");
        var doctors = await doctor.GetAsync($"/api/appointments/{id}/invite.ics/");

        foreach (var word in (string[])["Cough", "Euphemia", "Doc", "Cardiology", "general", "dust"])
        {
            (reply.Text + doctors.Text).ShouldNotContain(word, Case.Insensitive);
        }

        var entry = CalendarReader.ReadOne(reply.Text);
        entry["ATTENDEE"].ShouldBe($"mailto:{patient.UserName}@example.test");
        entry["SUMMARY"].ShouldStartWith("Appointment APT-");
        (await stranger.GetAsync($"/api/appointments/{id}/invite.ics")).Status.ShouldBe(404);
        (await app.Anonymous.AskAsync($"/api/appointments/{id}/invite.ics")).Status.ShouldBe(401);
        (await patient.Client.SendAsync("GET", $"/api/appointments/{id}/invite.ics", null, ("Accept-Language", "fr-CM"))).Text.ShouldContain("SUMMARY:Rendez-vous APT-");
    }

    [Fact]
    public async Task A_request_for_a_part_of_a_day_has_no_entry_yet()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var wish = new { doctor_id = doctor.DoctorId, preferred_date = app.Day().Text(), day_part = "morning" };
        var id = (await patient.PostAsync("/api/appointment-requests/", wish)).Id;

        (await patient.GetAsync($"/api/appointments/{id}/invite.ics")).ErrorCode.ShouldBe("NO_TIME_YET");
    }

    [Fact]
    public async Task A_feed_shows_its_owners_visits_to_whoever_knows_the_address_until_it_is_ended()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var slots = await doctor.OfferAsync(app.Day(), 3);
        var id = await patient.BookedAsync(slots[0]);
        var (feed, path) = await OpenAsync(patient);
        var (_, doctorsPath) = await OpenAsync(doctor);
        using var other = await app.PatientAsync();
        var (_, othersPath) = await OpenAsync(other);

        var first = await app.Anonymous.AskAsync(path);
        var again = await app.Anonymous.SendAsync("GET", path, null, ("If-None-Match", first.ETag!));
        await patient.MoveAsync(id, "reschedule", new { time_slot_id = slots[1] });
        var moved = await app.Anonymous.SendAsync("GET", path, null, ("If-None-Match", first.ETag!));

        (first.Status, again.Status, moved.Status).ShouldBe((200, 304, 200));
        CalendarReader.Read(first.Text).Events.Single()["UID"].ShouldBe(CalendarReader.Read(moved.Text).Events.Single()["UID"]);
        CalendarReader.Read(moved.Text).Events.Single()["SEQUENCE"].ShouldBe("1");
        CalendarReader.Read((await app.Anonymous.AskAsync(doctorsPath)).Text).Events.ShouldHaveSingleItem();
        CalendarReader.Read((await app.Anonymous.AskAsync(othersPath)).Text).Events.ShouldBeEmpty();

        (await other.DeleteAsync($"/api/calendar/feeds/{feed}/")).Status.ShouldBe(404);
        (await patient.DeleteAsync($"/api/calendar/feeds/{feed}/")).Status.ShouldBe(204);
        (await app.Anonymous.AskAsync(path)).Status.ShouldBe(404);
        (await patient.GetAsync("/api/calendar/feeds/")).Total.ShouldBe(0);
    }

    [Fact]
    public async Task A_renewed_feed_has_another_address_and_none_is_kept_in_clear()
    {
        using var patient = await app.PatientAsync();
        var (feed, old) = await OpenAsync(patient);

        var renewed = await patient.PostAsync($"/api/calendar/feeds/{feed}/renew/");

        (await app.Anonymous.AskAsync(old)).Status.ShouldBe(404);
        var path = new Uri(renewed.Word("url")).AbsolutePath;
        (await app.Anonymous.AskAsync(path)).Status.ShouldBe(200);
        renewed.Word("webcal_url").ShouldStartWith("webcal://");
        var token = path.Split('/')[^1].Split('.')[0];
        ((string)(await app.SqlAsync("SELECT f::text FROM scheduling.calendar_feeds f WHERE id = $1", feed))!).ShouldNotContain(token);
        (await patient.GetAsync("/api/calendar/feeds/")).Text.ShouldNotContain(token);
        (await patient.GetAsync("/api/calendar/feeds/")).Rows.Single().GetProperty("last_read_at").GetDateTimeOffset().ShouldBeLessThanOrEqualTo(app.Now);
        (await app.Anonymous.AskAsync($"/api/calendar/feeds/{new string('x', 3000)}.ics")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_feed_is_over_with_its_account()
    {
        using var patient = await app.PatientAsync();
        var (_, path) = await OpenAsync(patient);
        using var admin = await app.AdminAsync();
        (await admin.PatchAsync($"/api/users/{patient.UserId}/", new { status = "disabled" })).Status.ShouldBe(200);

        (await app.Anonymous.AskAsync(path)).Status.ShouldBe(404);
    }

    private static async Task<Dictionary<string, string>> InvitationAsync(Person reader, Guid id)
    {
        var reply = await reader.GetAsync($"/api/appointments/{id}/invite.ics");
        reply.Status.ShouldBe(200, reply.Text);
        return CalendarReader.ReadOne(reply.Text);
    }

    private static async Task<(Guid Id, string Path)> OpenAsync(Person owner)
    {
        var made = await owner.PostAsync("/api/calendar/feeds/");
        made.Status.ShouldBe(201, made.Text);
        return (made.Id, new Uri(made.Word("url")).AbsolutePath);
    }
}
