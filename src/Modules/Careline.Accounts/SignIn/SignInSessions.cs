using Careline.Accounts.Accounts;
using Careline.Accounts.SecondFactors;
using Careline.Accounts.Sessions;
using Careline.Accounts.Tokens;
using Careline.Platform.Data;
using Microsoft.AspNetCore.Http;

namespace Careline.Accounts.SignIn;

/// <summary>Begins sessions and continues them; the caller saves.</summary>
internal sealed class SignInSessions(AccessTokens tokens, SessionLimits limits)
{
    /// <summary>Adds a session with its first refresh token to the context.</summary>
    public TokenResponse Begin(CarelineDb db, Account account, HttpContext http)
    {
        var now = db.Now;
        var agent = http.Request.Headers.UserAgent.ToString() is { Length: > 0 } given ? given : null;
        var session = Session.Begin(account.Id, agent, now, limits.EndOf(account.Roles, now, now));
        var (refresh, text) = RefreshToken.Issue(session.Id, now);
        db.Add(session);
        db.Add(refresh);
        return Answer(account, session.Id, text);
    }

    /// <summary>After the first factor: a session, or the question for the second factor where one is on.</summary>
    public async Task<LoginResponse> BeginOrAskAsync(CarelineDb db, Account account, HttpContext http, bool? isNewUser, CancellationToken ct)
    {
        var methods = await SecondFactor.MethodsAsync(db, account.Id, ct);
        if (methods.Count == 0)
        {
            return LoginResponse.Of(Begin(db, account, http), isNewUser);
        }

        var (challenge, text) = MfaChallenge.Issue(account.Id, db.Now);
        db.Append(challenge);
        return LoginResponse.Awaiting(text, methods);
    }

    /// <summary>Adds the next refresh token of a session to the context.</summary>
    public TokenResponse Continue(CarelineDb db, Account account, Session session)
    {
        var now = db.Now;
        session.Continue(limits.EndOf(account.Roles, session.CreatedAt, now));
        var (refresh, text) = RefreshToken.Issue(session.Id, now);
        db.Add(refresh);
        return Answer(account, session.Id, text);
    }

    private TokenResponse Answer(Account account, Guid sessionId, string refresh) => new(
        UserResponse.From(account), tokens.Issue(new AccessClaims(account.Id, sessionId, account.Generation)), refresh, "Bearer", tokens.LifeSeconds);
}
