using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Platform;

/// <summary>A write that lost a race is tried again, whichever way its rows go to the database.</summary>
public sealed class LostRaceTests(TestApp app) : IClassFixture<TestApp>
{
    [Theory]
    [InlineData("40P01", 2, 201)]
    [InlineData("40001", 2, 201)]
    [InlineData("40001", 3, 503)]
    public async Task What_is_tracked(string state, int times, int expected)
    {
        using var admin = await app.AdminAsync();
        await LoseAsync("doctors.specializations", state, times);

        var name = $"Raced {state} {times}";
        (await admin.PostAsync("/api/specializations/", new { name, slug = $"raced-{state.ToLowerInvariant()}-{times}" })).Status.ShouldBe(expected);

        (await app.SqlAsync("SELECT count(*) FROM doctors.specializations WHERE name = $1", name)).ShouldBe(expected == 201 ? 1L : 0L);
    }

    [Fact]
    public async Task What_is_only_added()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var slot = (await doctor.OfferAsync(app.Day()))[0];
        await LoseAsync("scheduling.appointments", "40P01", 2);

        (await patient.BookAsync(slot)).Status.ShouldBe(201);
    }

    // The count is kept by a sequence, which no rollback takes back.
    private async Task LoseAsync(string table, string state, int times) => await app.SqlAsync(
        $"""
        DROP SEQUENCE IF EXISTS public.lost;
        CREATE SEQUENCE public.lost;
        GRANT ALL ON SEQUENCE public.lost TO PUBLIC;
        CREATE OR REPLACE FUNCTION public.lose() RETURNS trigger LANGUAGE plpgsql AS $lose$
        BEGIN
            IF nextval('public.lost') <= {times} THEN RAISE EXCEPTION 'lost' USING ERRCODE = '{state}'; END IF;
            RETURN NEW;
        END
        $lose$;
        CREATE OR REPLACE TRIGGER lose BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION public.lose();
        """);
}
