using Careline.Scheduling.Contracts;
using Careline.Scheduling.Queue;
using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

public sealed class ShowQueueTests(SharedApp app) : IClassFixture<SharedApp>
{
    private static int _days;

    private static readonly DateTimeOffset _nine = new(2027, 5, 3, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Those_who_are_there_are_called_in_the_order_of_their_times_at_the_doctors_pace()
    {
        var (seen, first, second, late, notThere) = (Visit(0, AppointmentStatus.InProgress), Visit(30), Visit(60), Visit(-30), Visit(45, AppointmentStatus.Confirmed));

        var places = WaitingLine.Of([seen, second, notThere, first, late], new Pace(1.5, 1, 2), _nine.AddMinutes(20));

        places.Keys.ShouldBe([late.Id, first.Id, second.Id]);
        places[late.Id].ShouldBe(new Place(1, 25, 10, 40));
        places[first.Id].ShouldBe(new Place(2, 70, 40, 100));
        places[second.Id].ShouldBe(new Place(3, 115, 70, 160));
    }

    [Fact]
    public void A_visit_that_lasts_longer_than_any_before_keeps_nobody_waiting_for_less_than_nothing() =>
        WaitingLine.Of([Visit(0, AppointmentStatus.InProgress), Visit(30)], Pace.Unknown, _nine.AddHours(5)).Values.Single().ShouldBe(new Place(1, 0, 0, 0));

    [Fact]
    public void A_visit_that_runs_over_moves_those_behind_it_until_a_pause_has_caught_it_up()
    {
        var (over, next, after, later, absent) = (Visit(0, AppointmentStatus.InProgress), Visit(30, AppointmentStatus.Scheduled), Visit(60, AppointmentStatus.Confirmed), Visit(180), Visit(15, AppointmentStatus.Scheduled));

        // Begun at nine, still going on at 9:50, usually of 30 minutes.
        var delays = WaitingLine.Delays([over, next, after, later, absent], Pace.Unknown, _nine.AddMinutes(50));

        delays.Keys.ShouldBe([after.Id, later.Id], "who has not come in time holds nobody up");
        WaitingLine.Delays([over, after, later, Visit(45)], Pace.Unknown, _nine.AddMinutes(50)).Values.Select(d => d.TotalMinutes).ShouldBe([5, 20, 0]);
    }

    [Fact]
    public async Task Who_is_prepared_is_shown_so_and_who_leaves_can_return()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var id = await TodayAsync(doctor, patient, 30);

        (await patient.MoveAsync(id, "ready")).ErrorCode.ShouldBe("ILLEGAL_MOVE");
        (await patient.MoveAsync(id, "check-in")).Status.ShouldBe(200);
        (await doctor.GetAsync("/api/queue/")).Rows.Single().GetProperty("ready_at").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await patient.MoveAsync(id, "ready")).Word("status").ShouldBe("checked_in");
        (await doctor.GetAsync("/api/queue/")).Rows.Single().GetProperty("ready_at").GetDateTimeOffset().ShouldBeLessThanOrEqualTo(app.Now);

        (await patient.MoveAsync(id, "leave")).Word("status").ShouldBe("scheduled");
        (await patient.GetAsync("/api/queue/")).Rows.Single().GetProperty("position").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await patient.MoveAsync(id, "check-in")).Status.ShouldBe(200);
        (await patient.GetAsync("/api/queue/")).Rows.Single().GetProperty("position").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Patient_waiting_when_provider_cancels_is_told_and_moved_on_and_patient_who_leaves_can_return()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var own = await app.PatientAsync();
        var (waiting, withdrawn) = (await TodayAsync(doctor, patient, 10), await TodayAsync(doctor, own, 60));
        foreach (var (who, id) in new[] { (patient, waiting), (own, withdrawn) })
        {
            (await who.MoveAsync(id, "check-in")).Status.ShouldBe(200);
            (await who.MoveAsync(id, "leave")).Status.ShouldBe(200);
            (await who.MoveAsync(id, "check-in")).Status.ShouldBe(200);
        }

        (await doctor.MoveAsync(waiting, "cancel", new { reason = "Called away" })).Status.ShouldBe(200);
        (await own.MoveAsync(withdrawn, "cancel")).Status.ShouldBe(200);

        (await patient.GetAsync("/api/queue/")).Total.ShouldBe(0);
        (await app.InboxAsync($"{patient.UserName}@example.test")).ShouldContain(text => text.Contains("need not wait any longer", StringComparison.Ordinal) && !text.Contains("away", StringComparison.Ordinal));
        (await app.InboxAsync($"{own.UserName}@example.test")).ShouldNotContain(text => text.Contains("need not wait", StringComparison.Ordinal));
        await app.DeliverEventsAsync();
        (await app.InboxAsync($"{patient.UserName}@example.test")).ShouldNotContain(text => text.Contains("will not take place", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_emergency_in_the_waiting_room_is_answered_with_advice()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var id = await TodayAsync(doctor, patient, 30);
        (await patient.PatchAsync($"/api/appointments/{id}/", new { urgency = "emergency" })).Status.ShouldBe(200);

        (await patient.MoveAsync(id, "check-in")).Json.GetProperty("message").GetString()!.ShouldContain("emergency number");
        (await doctor.GetAsync("/api/queue/")).Rows.Single().GetProperty("urgency").GetString().ShouldBe("emergency");
    }

    [Fact]
    public async Task Running_late_is_told_once_to_those_whom_it_moves()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var late = await app.PatientAsync();
        using var moved = await app.PatientAsync();
        using var untouched = await app.PatientAsync();
        var (first, second, third) = (await TodayAsync(doctor, late, -40), await TodayAsync(doctor, moved, 0), await TodayAsync(doctor, untouched, 120));
        (await late.MoveAsync(first, "check-in")).Status.ShouldBe(200);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => app.RunJobAsync("scheduling.tell-running-late")));

        // The doctor begins now at the earliest, 40 minutes late; the next one's turn is half an hour from now.
        (await ToldAsync(late)).ShouldBe(1);
        (await ToldAsync(moved)).ShouldBe(1);
        (await ToldAsync(untouched)).ShouldBe(0);
        (await doctor.GetAsync("/api/queue/")).Rows.Select(e => e.GetProperty("late_minutes").GetInt32()).ShouldBe([41, 31, 0], "to the minute begun");
        (await app.SqlAsync("SELECT count(*) FROM scheduling.late_notices WHERE appointment_id = ANY ($1)", new[] { first, second, third })).ShouldBe(2L);

        async Task<int> ToldAsync(Person who) => (await app.InboxAsync($"{who.UserName}@example.test")).Count(text => text.Contains("minutes later than agreed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Staff_see_the_line_and_a_patient_the_own_place_which_counts_the_others()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var other = await app.BookableDoctorAsync();
        using var first = await app.PatientAsync();
        using var second = await app.PatientAsync();
        var slots = await doctor.OfferAsync(app.Day(), 2);
        foreach (var (patient, slot, minutes) in new[] { (first, slots[0], 5), (second, slots[1], 36) })
        {
            var id = await patient.BookedAsync(slot);
            await app.SqlAsync(
                "UPDATE scheduling.appointments SET time_zone = $3, starts_at = $2, ends_at = $2 + interval '30 minutes', local_date = ($2 AT TIME ZONE $3)::date WHERE id = $1",
                id, QuietMoment().AddMinutes(minutes), Zone());
            (await patient.MoveAsync(id, "check-in")).Status.ShouldBe(200);
        }

        (await doctor.GetAsync("/api/queue/")).Rows.Select(e => e.GetProperty("position").GetInt32()).ShouldBe([1, 2]);
        var own = (await second.GetAsync("/api/queue/")).Rows.Single();
        (own.GetProperty("position").GetInt32(), own.GetProperty("expected_wait").GetProperty("minutes").GetInt32(), own.GetProperty("expected_wait").GetProperty("at_most").GetInt32())
            .ShouldBe((2, 30, 45));
        (await other.GetAsync("/api/queue/")).Total.ShouldBe(0);
        (await doctor.GetAsync($"/api/queue/?doctor={other.DoctorId}")).Total.ShouldBe(0);
    }

    [Fact]
    public async Task Token_or_queue_number_for_0015_local_carries_the_right_date()
    {
        // A zone in which it is just before or after a quarter past midnight now, whatever the hour is here.
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var id = await patient.BookedAsync((await doctor.OfferAsync(app.Day()))[0]);
        var now = app.Now;
        var ahead = ((24 - now.Hour) % 24) is var hours && hours > 12 ? hours - 24 : hours;
        var zone = ahead == 0 ? "UTC" : $"Etc/GMT{(ahead > 0 ? "-" : "+")}{Math.Abs(ahead)}";
        var midnight = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        var day = DateOnly.FromDateTime(midnight.AddHours(ahead).UtcDateTime);
        await app.SqlAsync(
            "UPDATE scheduling.appointments SET time_zone = $3, starts_at = $2, ends_at = $2 + interval '30 minutes', local_date = $4 WHERE id = $1",
            id, midnight.AddMinutes(15), zone, day);

        var entry = (await patient.GetAsync("/api/queue/")).Rows.Single();

        entry.GetProperty("date").GetString().ShouldBe(day.Text());
        entry.GetProperty("number").GetString().ShouldStartWith("APT-");
    }

    /// <summary>A visit of today, so many minutes from now.</summary>
    private async Task<Guid> TodayAsync(Person doctor, Person patient, int minutes)
    {
        var id = await patient.BookedAsync((await doctor.OfferAsync(app.Day(40 + _days++), 1))[0]);
        await app.SqlAsync(
            "UPDATE scheduling.appointments SET time_zone = $3, starts_at = $2, ends_at = $2 + interval '30 minutes', local_date = ($2 AT TIME ZONE $3)::date WHERE id = $1",
            id, QuietMoment().AddMinutes(minutes), Zone());
        return id;
    }

    private DateTimeOffset QuietMoment() => app.Now;

    // A zone in which it is midday or so now: a visit in an hour is still today's.
    private string Zone()
    {
        var ahead = 12 - app.Now.Hour;
        return ahead == 0 ? "UTC" : $"Etc/GMT{(ahead > 0 ? "-" : "+")}{Math.Abs(ahead)}";
    }

    private static LinedUp Visit(int minutes, AppointmentStatus status = AppointmentStatus.CheckedIn) => new(
        Guid.CreateVersion7(), status, _nine.AddMinutes(minutes), TimeSpan.FromMinutes(30), _nine, status == AppointmentStatus.InProgress ? _nine : null);
}
