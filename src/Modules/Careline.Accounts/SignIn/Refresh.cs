using Careline.Accounts.Accounts;
using Careline.Accounts.Sessions;
using Careline.Audit.Contracts;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;

namespace Careline.Accounts.SignIn;

/// <summary>Asks for the next pair of tokens.</summary>
/// <param name="Refresh">The refresh token; it serves once.</param>
public sealed record RefreshRequest([Required, MaxLength(200)] string Refresh);

/// <summary>
/// A refresh token that comes a second time was stolen, by this caller or from them: its whole family dies. Within ten seconds of its use it may
/// be another tab of the same browser, which is asked to wait for the first one's answer.
/// </summary>
internal static class Refresh
{
    private static readonly TimeSpan _parallelTabs = TimeSpan.FromSeconds(10);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/refresh/", Handle)
        .Named("RefreshTokens", "Exchanges a refresh token for a new pair.").ForAnyone("The refresh token is the credential.").WithOwnTransaction();

    private static async Task<Answer<TokenResponse>> Handle(
        RefreshRequest request, CarelineDb db, SignInSessions sessions, SessionLimits limits, SessionCache cache, IWebHostEnvironment environment,
        SignInNotice notice, AuditTrail trail, CancellationToken ct)
    {
        var now = db.Now;
        var hash = OpaqueToken.HashOf(request.Refresh);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var used = await db.Set<RefreshToken>().Where(t => t.Hash == hash && t.UsedAt == null)
            .ExecuteUpdateAsync(t => t.SetProperty(x => x.UsedAt, now), ct);
        var found = await (
            from token in db.Set<RefreshToken>()
            join session in db.Set<Session>().AsTracking() on token.SessionId equals session.Id
            join account in db.Set<Account>() on session.AccountId equals account.Id
            where token.Hash == hash
            select new { session, account, token.UsedAt }).FirstOrDefaultAsync(ct);
        if (found is null || found.session.EndedAt is not null || found.session.ExpiresAt <= now
            || limits.LastMomentOf(found.account.Roles, found.session.CreatedAt) <= now || found.account.Status != AccountStatus.Active
            || (found.account.IsDemo && !environment.IsDevelopment()))
        {
            throw new Unauthenticated("INVALID_TOKEN", "The refresh token is not valid. Sign in again.");
        }

        trail.About("session", found.session.Id).By(found.account.Id);
        if (used == 0)
        {
            await RefuseReuseAsync(db, cache, found.account.Id, found.session.Id, found.UsedAt!.Value, ct);
            await notice.TellAsync(found.account.Id, "accounts.refresh_reused", ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(CancellationToken.None);
            throw new Unauthenticated("INVALID_TOKEN", "The refresh token was used before. Sign in again.");
        }

        if (cache.LastUseOf(found.session) + limits.IdleOf(found.account.Roles) <= now)
        {
            await cache.EndAsync(db, found.account.Id, only: found.session.Id, except: null, "idle", ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(CancellationToken.None);
            throw new Unauthenticated("INVALID_TOKEN", "Nothing was done here for a while. Sign in again.");
        }

        var answer = sessions.Continue(db, found.account, found.session);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        return Answer.Ok(answer, "Refreshed.");
    }

    private static Task RefuseReuseAsync(
        CarelineDb db, SessionCache cache, Guid accountId, Guid sessionId, DateTimeOffset usedAt, CancellationToken ct) =>
        db.Now - usedAt < _parallelTabs
            ? throw new RuleViolation("REFRESH_IN_PROGRESS", "This token has just been exchanged by another request.")
            : cache.EndAsync(db, accountId, only: sessionId, except: null, "refresh_reuse", ct);
}
