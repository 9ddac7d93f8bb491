using Careline.Accounts.Tokens;
using Careline.Sockets.Contracts;

namespace Careline.Accounts.Sessions;

/// <summary>Who stands behind a socket, by the same tokens and sessions as over HTTP.</summary>
internal sealed class SocketSignIn(AccessTokens tokens, SessionCache sessions) : ISocketSignIn
{
    public event Action<Guid?>? Changed
    {
        add => sessions.Forgotten += value;
        remove => sessions.Forgotten -= value;
    }

    public async ValueTask<SocketSession?> ByTokenAsync(string accessToken, CancellationToken ct) =>
        tokens.Verify(accessToken) is { } claims
        && await sessions.FindAsync(claims.SessionId, claims.AccountId, claims.Generation, ct) is { } actor ? new SocketSession(actor, claims.Generation) : null;

    public async ValueTask<SocketSession?> BySessionAsync(Guid sessionId, CancellationToken ct) =>
        await sessions.FindAsync(sessionId, isUse: true, ct) is var (actor, generation) ? new SocketSession(actor, generation) : null;

    public async ValueTask<bool> IsAliveAsync(SocketSession session, bool isUse, CancellationToken ct) =>
        await sessions.FindAsync(session.Actor.SessionId, isUse, ct) is var (actor, generation)
        && generation == session.Generation && SaysTheSame(actor, session.Actor);

    private static bool SaysTheSame(Actor now, Actor then) => ReferenceEquals(now, then)
        || (now.AccountId == then.AccountId && now.Roles.SetEquals(then.Roles) && now.Profiles.Count == then.Profiles.Count
            && now.Profiles.All(profile => then.ProfileOf(profile.Key) == profile.Value));
}
