using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

/// <summary>Moves the clock, so with an application of its own.</summary>
public sealed class HoldTimeTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Hold_by_A_keeps_B_from_booking_and_A_books_it_by_the_same_id()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var a = await app.PatientAsync();
        using var b = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        var slots = await doctor.OfferAsync(app.Day());

        var hold = await HoldAsync(a, new { time_slot_id = slots[0] });
        hold.Status.ShouldBe(201, hold.Text);
        hold.Data.GetProperty("expires_at").GetDateTimeOffset().ShouldBeInRange(app.Now.AddMinutes(9), app.Now.AddMinutes(10));
        (await b.BookAsync(slots[0])).ErrorCode.ShouldBe("SLOT_TAKEN");
        (await app.TimesAsync(doctor.DoctorId, app.Day())).ShouldNotContain(slots[0]);
        foreach (var other in (Person[])[b, doctor, admin])
        {
            (await other.PostAsync("/api/appointments/", new { hold_id = hold.Id, patient_id = a.PatientId })).Status.ShouldBe(404);
            (await other.DeleteAsync($"/api/appointments/holds/{hold.Id}/")).Status.ShouldBe(404);
        }

        (await app.SqlAsync("SELECT count(*) FROM patients.care_relationships WHERE account_id = $1", doctor.UserId)).ShouldBe(0L);
        var booked = await a.PostAsync("/api/appointments/", new { hold_id = hold.Id, reason = "Cough", doctor_id = doctor.DoctorId });
        booked.Status.ShouldBe(201, booked.Text);
        (booked.Id, booked.Word("status"), booked.Word("reason"), booked.ETag).ShouldBe((hold.Id, "scheduled", "Cough", "\"2\""));
        (await app.SqlAsync("SELECT count(*) FROM patients.care_relationships WHERE account_id = $1", doctor.UserId)).ShouldBe(1L);
        (await a.PostAsync("/api/appointments/", new { hold_id = hold.Id })).ErrorCode.ShouldBe("ILLEGAL_MOVE");
        (await a.GetAsync($"/api/appointments/{hold.Id}/history/")).Rows.Select(e => e.GetProperty("event").GetString()).ShouldBe(["held", "booked"]);
    }

    [Fact]
    public async Task Hold_expiry_frees_the_time_for_others_before_and_after_the_job()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var computing = await app.BookableDoctorAsync();
        using var a = await app.PatientAsync();
        using var b = await app.PatientAsync();
        await computing.KeepHoursAsync(computing.DoctorId);
        var slots = await doctor.OfferAsync(app.Day(60));
        var times = await app.TimesAsync(computing.DoctorId, app.Day(61));
        var (byHand, computed) = (await HoldAsync(a, new { time_slot_id = slots[0] }), await HoldAsync(a, new { time_slot_id = times[0] }));
        (await HoldAsync(a, new { time_slot_id = slots[1] })).Status.ShouldBe(201);
        (await HoldAsync(a, new { time_slot_id = slots[2] })).ErrorCode.ShouldBe("TOO_MANY_HOLDS");

        app.Advance(TimeSpan.FromMinutes(10.1));
        (await app.TimesAsync(doctor.DoctorId, app.Day(60))).ShouldContain(slots[0]);
        (await app.TimesAsync(computing.DoctorId, app.Day(61))).ShouldContain(times[0]);
        (await a.PostAsync("/api/appointments/", new { hold_id = byHand.Id })).ErrorCode.ShouldBe("HOLD_EXPIRED");
        (await b.BookAsync(slots[0])).Status.ShouldBe(201);
        (await b.BookAsync(times[0])).Status.ShouldBe(201);
        (await a.PostAsync("/api/appointments/", new { hold_id = computed.Id })).Status.ShouldBeOneOf(404, 409);

        await app.RunJobAsync("scheduling.expire-waiting");
        (await app.SqlAsync("SELECT count(*) FROM scheduling.appointments WHERE patient_id = $1 AND status = 'expired' AND hidden_at IS NOT NULL", a.PatientId)).ShouldBe(3L);
        (await app.SqlAsync("SELECT count(*) FROM scheduling.appointment_events e JOIN scheduling.appointments a ON a.id = e.appointment_id WHERE a.patient_id = $1 AND e.kind = 'expired'", a.PatientId)).ShouldBe(3L);
        (await a.GetAsync("/api/appointments/")).Total.ShouldBe(0);
        (await HoldAsync(a, new { time_slot_id = slots[2] })).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_hold_that_is_released_or_that_speaks_of_another_time_books_nothing()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var other = await app.PatientAsync();
        var slots = await doctor.OfferAsync(app.Day(70));
        var hold = await HoldAsync(patient, new { time_slot_id = slots[0] });

        (await patient.PostAsync("/api/appointments/", new { hold_id = hold.Id, doctor_id = Guid.CreateVersion7() })).Status.ShouldBe(400);
        (await patient.PostAsync("/api/appointments/", new { hold_id = hold.Id, start = app.Now.AddDays(3) })).Status.ShouldBe(400);
        (await patient.DeleteAsync($"/api/appointments/holds/{hold.Id}/")).Status.ShouldBe(204);
        (await patient.DeleteAsync($"/api/appointments/holds/{hold.Id}/")).Status.ShouldBe(404);
        (await patient.PostAsync("/api/appointments/", new { hold_id = hold.Id })).Status.ShouldBeOneOf(404, 409);
        (await other.BookAsync(slots[0])).Status.ShouldBe(201);
        (await HoldAsync(patient, new { time_slot_id = slots[0] })).ErrorCode.ShouldBe("SLOT_TAKEN");
        (await HoldAsync(patient, new { doctor_id = doctor.DoctorId, start = "2001-01-01T09:00:00Z" })).ErrorCode.ShouldBe("SLOT_IN_PAST");
        (await HoldAsync(doctor, new { time_slot_id = slots[1] })).ErrorDetails.TryGetProperty("patient_id", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task A_hold_used_twice_at_once_is_one_appointment()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var hold = await HoldAsync(patient, new { time_slot_id = (await doctor.OfferAsync(app.Day(80)))[0] });

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => patient.PostAsync("/api/appointments/", new { hold_id = hold.Id })));

        replies.Count(r => r.Status == 201).ShouldBe(1);
        replies.Count(r => r.Status == 409).ShouldBe(7);
    }

    private static Task<Reply> HoldAsync(Person by, object body) => by.PostAsync("/api/appointments/holds/", body);
}
