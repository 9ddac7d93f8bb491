using Careline.Doctors.Contracts;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Doctors;

public sealed class DoctorListingTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly DateOnly _day = new(2031, 3, 1);

    [Fact]
    public async Task Free_days_are_replaced_as_a_whole_and_the_version_of_the_profile_stays()
    {
        using var doctor = await app.DoctorAsync();
        var tag = (await doctor.GetAsync("/api/doctors/me/")).ETag;

        await SetAsync(doctor, Day(doctor, 0), Day(doctor, 1), Day(doctor, 2));
        await SetAsync(doctor, Day(doctor, 1), Day(doctor, 3));

        (await app.SqlAsync("SELECT string_agg(day::text, ',' ORDER BY day) FROM doctors.free_days WHERE doctor_id = $1", doctor.DoctorId))
            .ShouldBe("2031-03-02,2031-03-04");
        var me = await doctor.GetAsync("/api/doctors/me/");
        me.Data.GetProperty("next_available_at").GetDateTimeOffset().ShouldBe(Day(doctor, 1).FirstFreeAt);
        me.ETag.ShouldBe(tag);
    }

    [Fact]
    public async Task No_free_day_left_means_no_next_time()
    {
        using var doctor = await app.DoctorAsync();
        await SetAsync(doctor, Day(doctor, 0));
        await SetAsync(doctor);

        (await doctor.GetAsync("/api/doctors/me/")).Data.GetProperty("next_available_at").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task A_doctor_whose_account_is_disabled_is_not_listed_until_it_is_enabled()
    {
        using var admin = await app.AdminAsync();
        using var doctor = await app.DoctorAsync(firstName: "Zebulon");

        foreach (var (status, listed) in new[] { ("disabled", 0), ("active", 1) })
        {
            (await admin.PatchAsync($"/api/users/{doctor.UserId}/", new { status })).Status.ShouldBe(200);
            (await app.Anonymous.AskAsync("/api/doctors/?search=zebulon")).Total.ShouldBe(listed);
        }
    }

    private static FreeDay Day(Person doctor, int offset) =>
        new(doctor.DoctorId, _day.AddDays(offset), new DateTimeOffset(_day.AddDays(offset), new TimeOnly(9, 0), TimeSpan.Zero));

    private async Task SetAsync(Person doctor, params FreeDay[] days)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IDoctorListing>().SetFreeDaysAsync([doctor.DoctorId], days, CancellationToken.None);
    }
}
