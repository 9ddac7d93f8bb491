using Careline.Doctors.Contracts;
using Careline.Platform.Data;
using Careline.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Doctors;

/// <summary>What modules above are told of a doctor, from memory and from the table.</summary>
public sealed class DoctorLookupTests(TestApp app) : IClassFixture<TestApp>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Memory_and_the_table_say_the_same(bool isListed)
    {
        using var admin = await app.AdminAsync();
        using var doctor = await app.DoctorAsync(specialization: "Urology", firstName: "Alike");
        await doctor.PatchAsync("/api/doctors/me/", new { fee = new { amount = 1500, currency = "NGN" }, time_zone = "Africa/Lagos" });
        if (!isListed)
        {
            (await admin.PostAsync($"/api/doctors/{doctor.DoctorId}/verify/", new { decision = "rejected" })).Status.ShouldBe(200);
        }

        await app.IndexAsync();

        var found = await FindAsync(doctor.DoctorId, Ids.New(TimeProvider.System));

        found.Count.ShouldBe(1);
        found[doctor.DoctorId].ShouldBeEquivalentTo(await InTableAsync(doctor.DoctorId));
        found[doctor.DoctorId].IsBookable.ShouldBe(isListed);
    }

    [Fact]
    public async Task A_change_of_this_host_is_told_at_once_and_anothers_by_signal()
    {
        using var doctor = await app.DoctorAsync(specialization: "Urology", firstName: "Renamed");
        await app.IndexAsync();
        foreach (var zone in new[] { "Africa/Lagos", "Asia/Kolkata", "Europe/Paris", "UTC" })
        {
            (await doctor.PatchAsync("/api/doctors/me/", new { time_zone = zone })).Status.ShouldBe(200);
            (await FindAsync(doctor.DoctorId))[doctor.DoctorId].TimeZone.ShouldBe(zone);
        }

        await app.SqlAsync("UPDATE doctors.doctors SET has_schedule = true WHERE id = $1", doctor.DoctorId);

        await Eventually.HoldsAsync(async () => (await FindAsync(doctor.DoctorId))[doctor.DoctorId].HasSchedule);
    }

    private async Task<IReadOnlyDictionary<Guid, DoctorRow>> FindAsync(params Guid[] ids) =>
        await app.Services.GetRequiredService<IDoctorLookup>().FindAsync([.. ids, ids[0]], CancellationToken.None);

    private async Task<DoctorRow> InTableAsync(Guid id)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CarelineDb>().Set<DoctorRow>().SingleAsync(d => d.Id == id);
    }
}
