using Careline.Tests.Support;

namespace Careline.Tests.Platform;

/// <summary>A change is made to what its author has read.</summary>
public sealed class ConditionalTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_tag_is_the_version_and_rises_with_each_change()
    {
        using var person = await app.PatientAsync();
        var read = await person.GetAsync("/api/auth/profile/");

        var changed = await person.PatchAsync("/api/auth/profile/", new { bio = "one" }, ("If-Match", read.ETag!));

        read.ETag.ShouldBe($"\"{read.Data.GetProperty("version").GetInt32()}\"");
        changed.Status.ShouldBe(200, changed.Text);
        changed.ETag.ShouldBe($"\"{read.Data.GetProperty("version").GetInt32() + 1}\"");
        (await person.GetAsync("/api/auth/profile/")).ETag.ShouldBe(changed.ETag);
    }

    [Theory]
    [InlineData("*", 200)]
    [InlineData("\"9999\"", 412)]
    [InlineData("\"9999\", {tag}", 200)]
    [InlineData("W/{tag}", 412)]
    [InlineData("{bare}", 412)]
    [InlineData("\"", 412)]
    [InlineData("", 412)]
    public async Task If_match_is_honoured(string header, int status)
    {
        using var person = await app.PatientAsync();
        var tag = (await person.GetAsync("/api/auth/profile/")).ETag!;

        var reply = await person.PatchAsync(
            "/api/auth/profile/",
            new { bio = "one" },
            ("If-Match", header.Replace("{tag}", tag, StringComparison.Ordinal).Replace("{bare}", tag.Trim('"'), StringComparison.Ordinal)));

        reply.Status.ShouldBe(status, reply.Text);
    }

    [Fact]
    public async Task Of_changes_at_the_same_time_from_one_copy_one_is_made()
    {
        using var person = await app.PatientAsync();
        var tag = (await person.GetAsync("/api/auth/profile/")).ETag!;

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => person.PatchAsync("/api/auth/profile/", new { bio = $"{i}" }, ("If-Match", tag))));

        replies.Count(r => r.Status == 200).ShouldBe(1);
        replies.Count(r => r.Status == 412).ShouldBe(7);
    }
}
