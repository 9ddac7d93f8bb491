using Careline.Accounts.Accounts;
using Careline.Accounts.SecondFactors;
using Careline.Accounts.Sessions;
using Careline.Accounts.Tokens;
using Npgsql;

namespace Careline.Accounts.SignIn;

/// <summary>Begins sessions and continues them; the caller saves.</summary>
internal sealed class SignInSessions(AccessTokens tokens, SessionLimits limits)
{
    /// <summary>Adds a session with its first refresh token to the context.</summary>
    public TokenResponse Begin(CarelineDb db, Account account, HttpContext http)
    {
        var now = db.Now;
        var session = Session.Begin(account.Id, Device.Of(http), now, limits.EndOf(account.Roles, now, now));
        if (account.StaffSince is null && Roles.AreStaff(account.Roles))
        {
            // An account from before this was asked: its days of grace begin when somebody is there to hear of it.
            db.Send(new NpgsqlBatchCommand("UPDATE accounts.accounts SET staff_since = $1 WHERE id = $2 AND staff_since IS NULL")
            {
                Parameters = { new NpgsqlParameter<DateTimeOffset> { TypedValue = now }, new NpgsqlParameter<Guid> { TypedValue = account.Id } },
            });
        }

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
