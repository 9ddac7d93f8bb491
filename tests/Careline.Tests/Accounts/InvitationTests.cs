using System.Text.RegularExpressions;
using Careline.Tests.Support;

namespace Careline.Tests.Accounts;

/// <summary>Roles that nobody can choose come by invitation.</summary>
public sealed partial class InvitationTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_nurse_is_invited_to_a_clinic_and_works_there_once_she_accepted()
    {
        using var admin = await app.AdminAsync();
        var clinic = (await admin.PostAsync("/api/eclinic/clinics/", new { name = "Harbour", time_zone = "UTC" })).Id;
        const string Email = "nurse@example.test";
        (await admin.PostAsync("/api/users/invitations/", new { email = Email, role = "nurse", clinic_id = clinic })).Status.ShouldBe(201);

        var token = Token().Match((await app.InboxAsync(Email))[0]).Value;
        var accepted = await AcceptAsync(token);

        var user = accepted.Data.GetProperty("user");
        (user.GetProperty("user_type").GetString(), user.GetProperty("email_verified").GetBoolean()).ShouldBe(("nurse", true));
        (await admin.GetAsync($"/api/eclinic/clinics/{clinic}/staff/?role=nurse")).Rows.Single().GetProperty("account_id").GetGuid()
            .ShouldBe(user.GetProperty("id").GetGuid());
        (await AcceptAsync(token)).ErrorDetails.GetProperty("token").GetArrayLength().ShouldBe(1);
        (await app.Anonymous.PostAsync("/api/auth/login/", new { username = Email, password = TestApp.Password })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_invitation_ends_and_a_refused_password_does_not_cost_it()
    {
        using var admin = await app.AdminAsync();
        await admin.PostAsync("/api/users/invitations/", new { email = "late@example.test", role = "receptionist" });
        var token = Token().Match((await app.InboxAsync("late@example.test"))[0]).Value;

        (await AcceptAsync(token, password: "short")).ErrorDetails.GetProperty("password").GetArrayLength().ShouldBe(1);
        app.Advance(TimeSpan.FromMinutes(30));
        (await AcceptAsync(token)).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("doctor", 400)]
    [InlineData("patient", 400)]
    [InlineData("king", 400)]
    [InlineData("admin", 403)]
    [InlineData("superadmin", 403)]
    [InlineData("pharmacist", 201)]
    public async Task An_admin_invites_staff_and_no_administrators(string role, int status)
    {
        using var admin = await app.AdminAsync();
        using var patient = await app.PatientAsync();

        (await admin.PostAsync("/api/users/invitations/", new { email = $"{role}@example.test", role })).Status.ShouldBe(status);
        (await patient.PostAsync("/api/users/invitations/", new { email = $"{role}@example.test", role })).Status.ShouldBe(403);
    }

    [Fact]
    public async Task What_cannot_be_is_refused()
    {
        using var admin = await app.AdminAsync();
        using var patient = await app.PatientAsync();

        (await admin.PostAsync("/api/users/invitations/", new { email = "x", role = "nurse" })).ErrorDetails.GetProperty("email").GetArrayLength().ShouldBe(1);
        (await admin.PostAsync("/api/users/invitations/", new { email = $"{patient.UserName}@example.test", role = "nurse" })).ErrorDetails.GetProperty("email").GetArrayLength().ShouldBe(1);
        (await admin.PostAsync("/api/users/invitations/", new { email = "n@example.test", role = "nurse", clinic_id = Guid.CreateVersion7() }))
            .ErrorDetails.GetProperty("clinic_id").GetArrayLength().ShouldBe(1);
    }

    private Task<Reply> AcceptAsync(string token, string password = TestApp.Password) =>
        app.Anonymous.PostAsync("/api/users/invitations/accept/", new { token, password, first_name = "Nkechi", last_name = "Obi" });

    [GeneratedRegex("[A-Za-z0-9_-]{43}")]
    private static partial Regex Token();
}
