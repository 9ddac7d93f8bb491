using Careline.Tests.Support;

namespace Careline.Tests.Accounts;

public sealed class ProfileTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_profile_is_replaced_and_merged_and_keeps_what_is_not_the_persons_to_write()
    {
        using var person = await app.PatientAsync();

        var put = await person.PutAsync("/api/auth/profile/", new
        {
            first_name = "Ngozi",
            last_name = "Eze",
            phone = "+234 802 000 0001",
            bio = " kept as typed ",
            preferences = new { theme = "dark", nested = new { a = 1 } },
            roles = new[] { "superadmin" },
            status = "disabled",
        });
        var patch = await person.PatchAsync("/api/auth/profile/", new { bio = (string?)null, preferences = new { nested = new { a = (int?)null, b = 2 } } });

        put.Status.ShouldBe(200, put.Text);
        put.Data.GetProperty("bio").GetString().ShouldBe(" kept as typed ");
        put.Data.GetProperty("phone").GetString().ShouldBe("+2348020000001");
        patch.Status.ShouldBe(200, patch.Text);
        patch.Data.GetProperty("first_name").GetString().ShouldBe("Ngozi");
        patch.Data.GetProperty("bio").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        patch.Data.GetProperty("preferences").ToString().ShouldContain("dark");
        patch.Data.GetProperty("preferences").GetProperty("nested").ToString().ShouldBe("{\"b\":2}");
        patch.Data.GetProperty("roles").EnumerateArray().Select(r => r.GetString()).ShouldBe(["patient"]);
    }

    [Fact]
    public async Task A_stale_copy_is_not_written()
    {
        using var person = await app.PatientAsync();
        var tag = (await person.GetAsync("/api/auth/profile/")).ETag!;
        (await person.PatchAsync("/api/auth/profile/", new { bio = "one" }, ("If-Match", tag))).Status.ShouldBe(200);

        var reply = await person.PatchAsync("/api/auth/profile/", new { bio = "two" }, ("If-Match", tag));

        (reply.Status, reply.ErrorCode).ShouldBe((412, "PRECONDITION_FAILED"));
        (await person.GetAsync("/api/auth/profile/")).Data.GetProperty("bio").GetString().ShouldBe("one");
    }

    [Fact]
    public async Task A_merge_that_leaves_something_invalid_is_refused_by_field()
    {
        using var person = await app.PatientAsync();

        var reply = await person.PatchAsync("/api/auth/profile/", new { first_name = new string('x', 101), profile_picture = "not a link" });

        reply.Status.ShouldBe(400);
        reply.ErrorDetails.EnumerateObject().Select(p => p.Name).Order().ShouldBe(["first_name", "profile_picture"]);
    }
}
