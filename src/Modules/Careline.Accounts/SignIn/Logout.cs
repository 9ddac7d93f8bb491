using Careline.Accounts.Sessions;
using Careline.Audit.Contracts;

namespace Careline.Accounts.SignIn;

/// <summary>Signs out.</summary>
/// <param name="Refresh">Accepted for clients that send it; the session of the access token ends either way.</param>
/// <param name="Everywhere">Ends every other session too.</param>
public sealed record LogoutRequest([MaxLength(200)] string? Refresh = null, bool Everywhere = false);

/// <summary>What signing out did.</summary>
/// <param name="SignedOut">Always true.</param>
public sealed record LogoutResponse(bool SignedOut);

internal static class Logout
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/logout/", Handle)
        .Named("Logout", "Ends the session at once; its tokens are dead everywhere.").ForSignedIn().WithoutSecondFactor();

    private static async Task<Answer<LogoutResponse>> Handle(
        LogoutRequest? request, Actor actor, CarelineDb db, SessionCache cache, AuditTrail trail, CancellationToken ct)
    {
        trail.About("session", actor.SessionId);
        await cache.EndAsync(db, actor.AccountId, request?.Everywhere == true ? null : actor.SessionId, except: null, "logout", ct);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(new LogoutResponse(true), "Signed out.");
    }
}
