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

        await SetAsync(doctor, Day(0), Day(1), Day(2));
        await SetAsync(doctor, Day(1), Day(3));

        (await app.SqlAsync("SELECT string_agg(day::text, ',' ORDER BY day) FROM doctors.free_days WHERE doctor_id = $1", doctor.DoctorId))
            .ShouldBe("2031-03-02,2031-03-04");
        var me = await doctor.GetAsync("/api/doctors/me/");
        me.Data.GetProperty("next_available_at").GetDateTimeOffset().ShouldBe(Day(1).FirstFreeAt);
        me.ETag.ShouldBe(tag);
    }

    [Fact]
    public async Task No_free_day_left_means_no_next_time()
    {
        using var doctor = await app.DoctorAsync();
        await SetAsync(doctor, Day(0));
        await SetAsync(doctor);

        (await doctor.GetAsync("/api/doctors/me/")).Data.GetProperty("next_available_at").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    private static FreeDay Day(int offset) =>
        new(_day.AddDays(offset), new DateTimeOffset(_day.AddDays(offset), new TimeOnly(9, 0), TimeSpan.Zero));

    private async Task SetAsync(Person doctor, params FreeDay[] days)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IDoctorListing>().SetFreeDaysAsync(doctor.DoctorId, days, CancellationToken.None);
    }
}
