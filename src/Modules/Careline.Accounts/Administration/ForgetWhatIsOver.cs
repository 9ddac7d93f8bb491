using Careline.Platform.Jobs;

namespace Careline.Accounts.Administration;

/// <summary>
/// Codes, questions, mailed tokens, invitations and sessions that open nothing any more are forgotten: at once where nothing is counted from them,
/// otherwise when nothing is any more. That there were any is in the audit.
/// </summary>
internal sealed class ForgetWhatIsOver : IRecurringJob
{
    public string Name => "accounts.forget-what-is-over";

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        var now = db.Now;
        var (day, month) = (now - TimeSpan.FromDays(1), now - TimeSpan.FromDays(30));
        await db.Database.ExecuteSqlAsync($"DELETE FROM accounts.passkey_challenges WHERE expires_at <= {now}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM accounts.browser_sessions WHERE expires_at <= {now}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM accounts.mfa_challenges WHERE expires_at < {day}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM accounts.mailed_tokens WHERE expires_at < {day}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM accounts.invitations WHERE expires_at < {month}", ct);

        // Wrong tries since a number's last success are counted for as long as it takes: they alone stay.
        await db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM accounts.otp_challenges c WHERE created_at < {month} AND (tries = 0 OR used_at IS NOT NULL
                OR EXISTS (SELECT FROM accounts.otp_challenges later WHERE later.phone = c.phone AND later.used_at >= c.created_at))
            """,
            ct);

        await db.Database.ExecuteSqlAsync($"DELETE FROM accounts.active_days WHERE day < {DateOnly.FromDateTime(now.UtcDateTime).AddDays(-ActiveDays.KeptDays)}", ct);

        // Their refresh tokens go with them. A session that was ended early reaches its own end soon after.
        await db.Database.ExecuteSqlAsync($"DELETE FROM accounts.sessions WHERE expires_at < {month}", ct);
    }
}
