using Careline.Accounts.Contracts;
using Careline.Tests.Support;

namespace Careline.Tests.Accounts;

public sealed class ForgetWhatIsOverTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Job = "accounts.forget-what-is-over";

    [Fact]
    public async Task What_opens_nothing_any_more_is_forgotten_and_what_still_does_is_not()
    {
        await LeaveTracesAsync();
        await app.RunJobAsync(Job);
        (await CountsAsync()).ShouldAllBe(count => count > 0);

        app.Advance(TimeSpan.FromDays(45));
        await app.RunJobAsync(Job);
        (await CountsAsync()).ShouldAllBe(count => count == 0);

        using var patient = await app.PatientAsync();
        await app.RunJobAsync(Job);
        (await patient.GetAsync("/api/auth/profile/")).Status.ShouldBe(200);
        (await app.Anonymous.PostAsync("/api/auth/refresh/", new { refresh = patient.Refresh })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Wrong_tries_since_the_last_success_are_never_forgotten()
    {
        var (guessed, opened) = ("+2348035550001", "+2348035550002");
        foreach (var phone in new[] { guessed, opened })
        {
            await app.Anonymous.PostAsync("/api/auth/send-otp/", new { phone });
            await app.Anonymous.PostAsync("/api/auth/verify-otp/", new { phone, otp = "000000" });
        }

        await app.SqlAsync("UPDATE accounts.otp_challenges SET used_at = $1 WHERE phone = $2", app.Now, opened);
        app.Advance(TimeSpan.FromDays(45));

        await app.RunJobAsync(Job);

        (await app.SqlAsync("SELECT sum(tries)::bigint FROM accounts.otp_challenges WHERE phone = $1", guessed)).ShouldBe(1L);
        (await app.SqlAsync("SELECT count(*) FROM accounts.otp_challenges WHERE phone = $1", opened)).ShouldBe(0L);
    }

    [Fact]
    public async Task Messages_are_forgotten_after_a_month_unless_they_still_wait()
    {
        await app.SqlAsync("DELETE FROM platform.messages");
        foreach (var status in new[] { "sent", "failed", "expired", "queued" })
        {
            await app.SqlAsync(
                """
                INSERT INTO platform.messages (id, channel, status, tries, due_at, expires_at, created_at)
                VALUES ($1, 'sms', $2, 8, '2100-01-01', '2100-01-01', $3)
                """,
                Guid.CreateVersion7(), status, app.Now);
        }

        await app.SqlAsync("INSERT INTO platform.sandbox_inbox (id, channel, recipient, text, sent_at) VALUES ($1, 'sms', 'x', 'x', $2)", Guid.CreateVersion7(), app.Now);
        await app.RunJobAsync("platform.forget-messages");
        (await app.SqlAsync("SELECT count(*) FROM platform.messages")).ShouldBe(4L);

        app.Advance(TimeSpan.FromDays(31));
        await app.RunJobAsync("platform.forget-messages");

        (await app.SqlAsync("SELECT string_agg(status, ',') FROM platform.messages")).ShouldBe("queued");
        (await app.SqlAsync("SELECT count(*) FROM platform.sandbox_inbox WHERE recipient = 'x'")).ShouldBe(0L);
    }

    private async Task LeaveTracesAsync()
    {
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        (await app.Anonymous.PostAsync("/api/auth/passkeys/login/options/")).Status.ShouldBe(200);
        (await app.Anonymous.PostAsync("/api/auth/send-otp/", new { phone = "+2348035550003" })).Status.ShouldBe(200);
        (await admin.PostAsync("/api/users/invitations/", new { email = "somebody@example.test", role = Roles.Nurse })).Status.ShouldBe(201);
        await AuthenticatorApp.EnrolAsync(app, patient);
        (await app.Anonymous.PostAsync("/api/auth/login/", new { username = patient.UserName, password = TestApp.Password })).Status.ShouldBe(200);
        (await patient.PostAsync("/api/auth/logout/")).Status.ShouldBe(200);
    }

    private async Task<long[]> CountsAsync()
    {
        var counts = new List<long>();
        foreach (var table in new[] { "passkey_challenges", "mfa_challenges", "mailed_tokens", "invitations", "sessions", "refresh_tokens" })
        {
            counts.Add((long)(await app.SqlAsync($"SELECT count(*) FROM accounts.{table}"))!);
        }

        counts.Add((long)(await app.SqlAsync("SELECT count(*) FROM accounts.otp_challenges WHERE phone = '+2348035550003'"))!);
        return [.. counts];
    }
}
