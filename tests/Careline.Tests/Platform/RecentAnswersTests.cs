using Careline.Tests.Architecture;
using Careline.Tests.Support;

namespace Careline.Tests.Platform;

/// <summary>What is the same for everybody is repeated for a moment, and never past a commit of this host.</summary>
[Collection(typeof(House))]
public sealed class RecentAnswersTests(House app)
{
    [Fact]
    public async Task An_answer_is_repeated_until_something_is_committed_or_a_second_has_passed()
    {
        using var doctor = await app.DoctorAsync(specialization: "Nephrology");
        const string Path = "/api/doctors/?specialization=nephrology&language=yo";
        (await app.Anonymous.AskAsync(Path)).Total.ShouldBe(0);

        // Behind the application's back: only the age of the answer can tell.
        await app.SqlAsync("UPDATE doctors.doctors SET languages = '{yo}' WHERE id = $1", doctor.DoctorId);
        app.Advance(TimeSpan.FromSeconds(2));
        (await app.Anonymous.AskAsync(Path)).Total.ShouldBe(1);

        await doctor.PatchAsync("/api/doctors/me/", new { accepts_patients = false });
        (await app.Anonymous.AskAsync(Path)).Total.ShouldBe(0);
    }

    [Fact]
    public async Task An_answer_is_repeated_to_the_letter_under_a_request_id_of_its_own()
    {
        const string Path = "/api/doctors/?specialization=oncology&language=sw";
        await Eventually.HoldsAsync(async () =>
        {
            var (first, second) = (await app.Anonymous.AskAsync(Path), await app.Anonymous.AskAsync(Path));
            second.Headers.GetValues("X-Request-Id").Single().ShouldNotBe(first.Headers.GetValues("X-Request-Id").Single());

            // To the timestamp: one made anew differs.
            return second.Text == first.Text;
        });
    }
}
