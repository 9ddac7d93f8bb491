using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

/// <summary>The doctor list follows the calendars. Runs jobs and moves the clock, so with an application of its own.</summary>
public sealed class ComputedListingTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task The_doctor_list_knows_the_next_computed_time_and_the_free_days_and_moves_on_with_the_clock()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        await doctor.KeepHoursAsync(doctor.DoctorId, new { slot_minutes = 60, minimum_notice_minutes = 120, horizon_days = 10 }, "00:00", "00:00");

        await RefreshAsync();
        var first = await NextAsync(doctor);
        first.ShouldBeInRange(app.Now.AddHours(2).AddMinutes(-1), app.Now.AddHours(3).AddMinutes(1));
        (await IsListedOnAsync(doctor, app.Day(9))).ShouldBeTrue();
        (await IsListedOnAsync(doctor, app.Day(11))).ShouldBeFalse();

        (await patient.PostAsync("/api/appointments/", new { doctor_id = doctor.DoctorId, start = first })).Status.ShouldBe(201);
        await RefreshAsync();
        (await NextAsync(doctor)).ShouldBe(first.AddHours(1));

        app.Advance(TimeSpan.FromHours(26));
        await app.RunJobAsync("scheduling.notice-passed-times");
        await RefreshAsync();
        (await NextAsync(doctor)).ShouldBeInRange(app.Now.AddHours(2).AddMinutes(-1), app.Now.AddHours(3).AddMinutes(1));
        (await IsListedOnAsync(doctor, app.Day(10))).ShouldBeTrue();
    }

    [Fact]
    public async Task The_doctor_list_learns_the_first_free_time_of_each_day()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var slots = await doctor.OfferAsync(app.Day(), 2);
        DateTime At(int hour, int minute) => new(app.Day(), new TimeOnly(hour, minute), DateTimeKind.Utc);

        (await FirstFreeAsync()).ShouldBe(At(9, 0));
        await patient.BookedAsync(slots[0]);
        (await FirstFreeAsync()).ShouldBe(At(9, 30));
        await patient.BookedAsync(slots[1]);
        (await FirstFreeAsync()).ShouldBeNull();

        async Task<object?> FirstFreeAsync()
        {
            await RefreshAsync();
            return await app.SqlAsync("SELECT first_free_at FROM doctors.free_days WHERE doctor_id = $1 AND day = $2", doctor.DoctorId, app.Day());
        }
    }

    private Task RefreshAsync() => app.RunJobAsync("scheduling.refresh-listings");

    private async Task<DateTimeOffset> NextAsync(Person doctor) =>
        (await app.Anonymous.AskAsync($"/api/doctors/{doctor.DoctorId}/")).Data.GetProperty("next_available_at").GetDateTimeOffset();

    private async Task<bool> IsListedOnAsync(Person doctor, DateOnly day) => (await app.Anonymous.AskAsync($"/api/doctors/?available_on={day.Text()}&page_size=100"))
        .Rows.Any(d => d.GetProperty("id").GetGuid() == doctor.DoctorId);
}
