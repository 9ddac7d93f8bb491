using System.Text.RegularExpressions;
using Careline.Tests.Support;

namespace Careline.Tests.Accounts;

/// <summary>Passwords changed and lost, addresses confirmed, devices signed out.</summary>
public sealed partial class RecoveryTests(TestApp app) : IClassFixture<TestApp>
{
    private const string NewPassword = "another horse, another battery";

    [Fact]
    public async Task Changing_the_password_needs_the_old_one_and_ends_the_other_sessions()
    {
        using var person = await app.PatientAsync();
        using var elsewhere = await app.SignInAsync(person.UserName);

        (await person.PostAsync("/api/auth/password-change/", new { old_password = "wrong", new_password = NewPassword }))
            .ErrorDetails.GetProperty("old_password").GetArrayLength().ShouldBe(1);
        (await person.PostAsync("/api/auth/password-change/", new { old_password = TestApp.Password, new_password = "short" })).Status.ShouldBe(400);
        (await person.PostAsync("/api/auth/password-change/", new { old_password = TestApp.Password, new_password = NewPassword })).Status.ShouldBe(200);

        (await elsewhere.GetAsync("/api/auth/profile/")).Status.ShouldBe(401);
        (await person.GetAsync("/api/auth/profile/")).Status.ShouldBe(200);
        (await app.Anonymous.PostAsync("/api/auth/login/", new { username = person.UserName, password = TestApp.Password })).Status.ShouldBe(401);
        (await app.Anonymous.PostAsync("/api/auth/login/", new { username = person.UserName, password = NewPassword })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_forgotten_password_is_set_anew_by_a_mailed_token_that_serves_once()
    {
        using var person = await app.PatientAsync();
        var email = $"{person.UserName}@example.test";
        var known = await app.Anonymous.PostAsync("/api/auth/password-reset/", new { email });
        var unknown = await app.Anonymous.PostAsync("/api/auth/password-reset/", new { email = "nobody@example.test" });
        (unknown.Status, unknown.Data.ToString()).ShouldBe((known.Status, known.Data.ToString()));
        var token = await TokenAsync(email);

        (await ResetAsync(token, "short")).Status.ShouldBe(400);
        (await ResetAsync(token, NewPassword)).Status.ShouldBe(200);

        (await ResetAsync(token, NewPassword)).ErrorDetails.GetProperty("token").GetArrayLength().ShouldBe(1);
        (await person.GetAsync("/api/auth/profile/")).Status.ShouldBe(401);
        (await app.Anonymous.PostAsync("/api/auth/login/", new { username = email, password = NewPassword })).Status.ShouldBe(200);
        (await app.InboxAsync("nobody@example.test")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mailed_token_is_worth_nothing_after_half_an_hour()
    {
        using var person = await app.PatientAsync();
        var email = $"{person.UserName}@example.test";
        await app.Anonymous.PostAsync("/api/auth/password-reset/", new { email });
        var token = await TokenAsync(email);
        app.Advance(TimeSpan.FromMinutes(30));

        (await ResetAsync(token, NewPassword)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task An_address_is_confirmed_by_the_token_mailed_at_registration()
    {
        using var person = await app.PatientAsync();
        var token = await TokenAsync($"{person.UserName}@example.test");

        (await app.Anonymous.PostAsync("/api/auth/verify-email/", new { token })).Status.ShouldBe(200);

        (await app.Anonymous.PostAsync("/api/auth/verify-email/", new { token })).Status.ShouldBe(400);
        (await app.SqlAsync("SELECT email_confirmed FROM accounts.accounts WHERE id = $1", person.UserId)).ShouldBe(true);
        (await person.PostAsync("/api/auth/verify-email/send/")).Status.ShouldBe(200);
        (await person.PostAsync("/api/auth/verify-email/send/")).Status.ShouldBe(429);
    }

    [Fact]
    public async Task A_device_is_signed_out_at_once_and_only_by_its_owner()
    {
        using var person = await app.PatientAsync();
        using var elsewhere = await app.SignInAsync(person.UserName);
        using var stranger = await app.PatientAsync();
        var sessions = (await person.GetAsync("/api/auth/sessions/")).Rows.ToList();
        sessions.Count(s => s.GetProperty("current").GetBoolean()).ShouldBe(1);
        var other = sessions.Single(s => !s.GetProperty("current").GetBoolean()).GetProperty("id").GetGuid();

        (await stranger.Client.SendAsync("DELETE", $"/api/auth/sessions/{other}/")).Status.ShouldBe(404);
        (await person.Client.SendAsync("DELETE", $"/api/auth/sessions/{other}/")).Status.ShouldBe(204);

        (await elsewhere.GetAsync("/api/auth/profile/")).Status.ShouldBe(401);
        (await person.GetAsync("/api/auth/sessions/")).Total.ShouldBe(1);
    }

    private Task<Reply> ResetAsync(string token, string password) =>
        app.Anonymous.PostAsync("/api/auth/password-reset/confirm/", new { token, new_password = password });

    private async Task<string> TokenAsync(string email) => Token().Match((await app.InboxAsync(email))[0]).Value;

    [GeneratedRegex("[A-Za-z0-9_-]{43}")]
    private static partial Regex Token();
}
