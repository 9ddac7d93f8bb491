using Careline.Scheduling.Contracts;
using Careline.Scheduling.Queue;
using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

public sealed class ShowQueueTests(SharedApp app) : IClassFixture<SharedApp>
{
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
