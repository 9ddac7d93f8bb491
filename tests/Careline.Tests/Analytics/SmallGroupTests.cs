using Careline.Tests.Support;

namespace Careline.Tests.Analytics;

/// <summary>Of a few patients nobody learns what they are like.</summary>
public sealed class SmallGroupTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData(6, 5, 0, "female,male")]
    [InlineData(6, 4, 0, "")]
    [InlineData(6, 2, 5, "female")]
    [InlineData(6, 3, 2, "female")]
    [InlineData(4, 0, 0, "")]
    [InlineData(1, 1, 7, "")]
    public async Task Fewer_than_five_are_not_shown_nor_what_they_could_be_found_out_by(int female, int male, int other, string shown)
    {
        using var doctor = await app.DoctorAsync();
        foreach (var (gender, count) in new[] { ("female", female), ("male", male), ("other", other) })
        {
            foreach (var patient in await app.PatientsAsync(count, gender))
            {
                await app.VisitAsync(doctor, patient);
                await app.VisitAsync(doctor, patient);
            }
        }

        var reply = await doctor.RunAsync(new { dimensions = new[] { "sex" } }, "appointments", "patients");

        string.Join(',', reply.Lines().Select(r => r.GetProperty("sex").GetString())).ShouldBe(shown);
        reply.Data.GetProperty("hides_small_groups").GetBoolean().ShouldBeTrue();

        // What is left out is nothing, or five and more: all less what is shown never tells of fewer.
        var left = female + male + other - reply.Lines().Sum(r => r.GetProperty("patients").GetInt32());
        left.ShouldBeOneOf([0, .. Enumerable.Range(female + male + other < 5 ? 1 : 5, 20)]);
    }

    [Fact]
    public async Task Each_day_and_doctor_hides_by_itself()
    {
        using var doctor = await app.DoctorAsync();
        var (women, men) = (await app.PatientsAsync(5), await app.PatientsAsync(5, "male"));
        var (monday, tuesday) = (new DateTimeOffset(2026, 5, 4, 9, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 5, 5, 9, 0, 0, TimeSpan.Zero));
        foreach (var i in Enumerable.Range(0, 5))
        {
            await app.VisitAsync(doctor, women[i], at: monday.AddMinutes(60 * i));
            await app.VisitAsync(doctor, men[i], at: monday.AddMinutes((60 * i) + 30));
            await app.VisitAsync(doctor, women[i], at: tuesday.AddMinutes(60 * i));
        }

        await app.VisitAsync(doctor, men[0], at: tuesday.AddMinutes(30));

        var rows = (await doctor.RunAsync(new { dimensions = new[] { "day", "sex" } })).Lines();
        rows.Select(r => (r.GetProperty("day").GetString(), r.GetProperty("sex").GetString())).ShouldBe([("2026-05-04", "female"), ("2026-05-04", "male")]);

        // How much a doctor does in a day is no group of patients.
        (await doctor.RunAsync(new { dimensions = new[] { "day" } })).Lines().Select(r => r.GetProperty("appointments").GetInt32()).ShouldBe([10, 6]);
    }

    [Fact]
    public async Task To_be_narrowed_shows_no_group_that_would_be_hidden()
    {
        using var doctor = await app.DoctorAsync();
        foreach (var patient in (Guid[])[.. await app.PatientsAsync(6), .. await app.PatientsAsync(4, "male", "2015-01-01")])
        {
            await app.VisitAsync(doctor, patient);
        }

        (await doctor.RunAsync(new { dimensions = new[] { "sex" }, filters = new { sex = new[] { "female" } } })).Lines().ShouldBeEmpty();
        (await doctor.RunAsync(new { dimensions = new[] { "age_band" } })).Lines().ShouldBeEmpty();
        await app.VisitAsync(doctor, (await app.PatientsAsync(1, "male", "2015-01-01"))[0]);
        (await doctor.RunAsync(new { dimensions = new[] { "sex" }, filters = new { sex = new[] { "female" } } })).Lines().Single().GetProperty("appointments").GetInt32().ShouldBe(6);
        (await doctor.RunAsync(new { dimensions = new[] { "age_band" } })).Lines().Select(r => r.GetProperty("age_band").GetString()).ShouldBe(["0-17", "45-59"]);
    }
}
