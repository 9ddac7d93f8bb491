using Careline.Audit.Contracts;

namespace Careline.Accounts.Sessions;

/// <summary>A sign-in on a device.</summary>
/// <param name="Id">The session.</param>
/// <param name="Device">What the device said it is, if anything.</param>
/// <param name="Address">Where it signed in from.</param>
/// <param name="CreatedAt">When it signed in.</param>
/// <param name="LastSeenAt">When it was last active.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="Current">It is the one that asks.</param>
public sealed record SessionResponse(
    Guid Id, string? Device, string? Address, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, bool Current);

internal static class OwnSessions
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sessions/", List).Named("ListSessions", "Where the caller is signed in, the latest first.").ForSignedIn();
        routes.MapDelete("/sessions/{id:guid}/", End).Named("EndSession", "Signs a device out at once.").ForSignedIn().VisibleAs<Session>();
    }

    private static async Task<PageAnswer<SessionResponse>> List(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        query.Ordering("-last_seen_at");
        var (current, own) = (actor.SessionId, Session.VisibleTo(db, actor));
        foreach (var pattern in query.SearchPatterns)
        {
            own = own.Where(s => EF.Functions.ILike(s.UserAgent!, pattern, @"\"));
        }

        return Answer.Page(await query.PageAsync(
            own.OrderByDescending(s => s.LastSeenAt).ThenBy(s => s.Id),
            s => new SessionResponse(s.Id, s.UserAgent, s.Address, s.CreatedAt, s.LastSeenAt, s.ExpiresAt, s.Id == current),
            ct));
    }

    private static async Task<DeletedAnswer> End(Guid id, Actor actor, CarelineDb db, SessionCache cache, AuditTrail trail, CancellationToken ct)
    {
        if (!await Session.VisibleTo(db, actor).AnyAsync(s => s.Id == id, ct))
        {
            throw new NotFound();
        }

        trail.About("session", id);
        await cache.EndAsync(db, actor.AccountId, only: id, except: null, "ended_by_owner", ct);
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }
}
