using Careline.Tests.Support;

namespace Careline.Tests.Accounts;

public sealed class UsersTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task Accounts_are_listed_for_administrators_only()
    {
        using var admin = await app.AdminAsync();
        using var person = await app.PatientAsync();

        (await admin.GetAsync($"/api/users/?search={person.UserName}")).Rows.Single().GetProperty("id").GetGuid().ShouldBe(person.UserId);
        (await person.GetAsync("/api/users/")).Status.ShouldBe(403);
        (await app.Anonymous.AskAsync("/api/users/")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Disabling_an_account_ends_its_sessions_at_once()
    {
        using var admin = await app.AdminAsync();
        using var person = await app.PatientAsync();
        (await person.GetAsync("/api/auth/profile/")).Status.ShouldBe(200);

        (await admin.PatchAsync($"/api/users/{person.UserId}/", new { status = "disabled" })).Status.ShouldBe(200);

        (await person.GetAsync("/api/auth/profile/")).Status.ShouldBe(401);
        (await app.Anonymous.PostAsync("/api/auth/login/", new { username = person.UserName, password = TestApp.Password }))
            .ErrorCode.ShouldBe("ACCOUNT_DISABLED");
    }

    [Fact]
    public async Task Nobody_raises_themselves_and_only_a_superadmin_makes_administrators()
    {
        using var admin = await app.AdminAsync();
        using var super = await app.SuperAdminAsync();
        using var person = await app.PatientAsync();

        (await admin.PatchAsync($"/api/users/{admin.UserId}/", new { roles = new[] { "admin", "superadmin" } })).Status.ShouldBe(403);
        (await admin.PatchAsync($"/api/users/{person.UserId}/", new { roles = new[] { "patient", "admin" } })).Status.ShouldBe(403);
        (await admin.PatchAsync($"/api/users/{super.UserId}/", new { status = "disabled" })).Status.ShouldBe(403);
        (await admin.PatchAsync($"/api/users/{person.UserId}/", new { roles = new[] { "patient", "nurse" } })).Status.ShouldBe(200);
        (await super.PatchAsync($"/api/users/{person.UserId}/", new { roles = new[] { "patient", "admin" } })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_unknown_member_is_refused_where_roles_are_written()
    {
        using var admin = await app.AdminAsync();
        using var person = await app.PatientAsync();

        (await admin.PatchAsync($"/api/users/{person.UserId}/", new { status = "active", is_superuser = true })).Status.ShouldBe(400);
    }
}
