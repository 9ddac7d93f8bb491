using Careline.Tests.Support;

namespace Careline.Tests.Doctors;

public sealed class SpecializationsTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Path = "/api/specializations/";

    [Fact]
    public async Task Anyone_reads_the_list()
    {
        var reply = await app.Anonymous.AskAsync(Path + "?page_size=100");

        reply.Rows.Select(r => r.GetProperty("slug").GetString()).ShouldContain("anesthesiology");
        reply.Total.ShouldBeGreaterThanOrEqualTo(21);
        (await app.Anonymous.AskAsync(Path + "?search=diabetes")).Rows.Single().GetProperty("slug").GetString().ShouldBe("endocrinology");
    }

    [Fact]
    public async Task An_administrator_adds_renames_and_removes_and_doctors_follow()
    {
        using var admin = await app.AdminAsync();
        var added = await admin.PostAsync(Path, new { name = "Sports Medicine", aliases = new[] { "Athletes" } });
        using var doctor = await app.DoctorAsync(specialization: "athletes");

        var renamed = await admin.PutAsync($"{Path}{added.Id}/", new { name = "Sport", slug = "sport" });
        var refused = await admin.DeleteAsync($"{Path}{added.Id}/");

        added.Data.GetProperty("slug").GetString().ShouldBe("sports-medicine");
        renamed.Status.ShouldBe(200, renamed.Text);
        (await app.Anonymous.AskAsync("/api/doctors/?specialization=sport")).Rows.Single().GetProperty("specializations")[0].GetString().ShouldBe("Sport");
        (refused.Status, refused.ErrorCode).ShouldBe((409, "SPECIALIZATION_IN_USE"));
        (await doctor.PatchAsync("/api/doctors/me/", new { specializations = new[] { "surgery" } })).Status.ShouldBe(200);
        (await admin.DeleteAsync($"{Path}{added.Id}/")).Status.ShouldBe(204);
        (await app.Anonymous.AskAsync($"{Path}{added.Id}/")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_word_means_one_specialty()
    {
        using var admin = await app.AdminAsync();

        var reply = await admin.PostAsync(Path, new { name = "Heart failure clinic", aliases = new[] { "HEART" } });

        (reply.Status, reply.ErrorCode).ShouldBe((409, "SPECIALIZATION_TERM_TAKEN"));
    }

    /// <summary>Each adds the same words, but for one of its own that moves the others about: without an order of theirs they wait for each other.</summary>
    [Fact]
    public async Task Of_a_crowd_that_adds_the_same_words_one_wins_and_nobody_is_sent_away()
    {
        using var admin = await app.AdminAsync();
        for (var round = 0; round < 3; round++)
        {
            var words = Enumerable.Range(0, 40).Select(n => $"crowded {round} word {n}").ToList();

            var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(n =>
                admin.PostAsync(Path, new { name = $"Crowded {round} of {n}", aliases = words.OrderBy(_ => Random.Shared.Next()).ToList() })));

            replies.Select(r => r.Status).Order().ShouldBe([201, .. Enumerable.Repeat(409, 11)]);
        }

        (await app.SqlAsync("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")).ShouldBe(0L);
    }

    [Fact]
    public async Task The_entry_for_everything_else_stays()
    {
        using var admin = await app.AdminAsync();
        var other = (await app.Anonymous.AskAsync(Path + "?search=other")).Rows.First(r => r.GetProperty("slug").GetString() == "other");
        var id = other.GetProperty("id").GetGuid();

        (await admin.DeleteAsync($"{Path}{id}/")).Status.ShouldBe(409);
        (await admin.PutAsync($"{Path}{id}/", new { name = "Rest", slug = "rest" })).Status.ShouldBe(409);
    }

    [Fact]
    public async Task Nobody_else_writes()
    {
        using var doctor = await app.DoctorAsync();

        (await doctor.PostAsync(Path, new { name = "Mine" })).Status.ShouldBe(403);
        (await app.Anonymous.PostAsync(Path, new { name = "Mine" })).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData("""{"name": ""}""")]
    [InlineData("""{"name": "x", "slug": "Not a slug"}""")]
    [InlineData("""{"name": "x", "aliases": [null]}""")]
    [InlineData("""{"name": "x", "aliases": ["\u0000"]}""")]
    public async Task A_shapeless_specialty_is_refused(string body)
    {
        using var admin = await app.AdminAsync();

        (await admin.PostAsync(Path, body)).Status.ShouldBe(400);
    }
}
