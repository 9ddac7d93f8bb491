using System.ComponentModel.DataAnnotations;
using Careline.Accounts.Accounts;
using Careline.Accounts.SecondFactors;
using Careline.Accounts.SignIn;
using Careline.Audit.Contracts;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Careline.Accounts.Sessions;

/// <summary>Shows again who is there; one of the two.</summary>
/// <param name="Password">The caller's password.</param>
/// <param name="Code">Six digits of the authenticator app, or a recovery code.</param>
public sealed record StepUpRequest([MaxLength(1024)] string? Password = null, [MaxLength(32)] string? Code = null);

/// <summary>A step-up that was right.</summary>
/// <param name="ValidUntil">Until then sensitive acts do not ask again.</param>
public sealed record StepUpResponse(DateTimeOffset ValidUntil);

/// <summary>
/// Whoever steps up already holds the session, perhaps by theft, so guessing is bounded by the session: a try is counted before it is looked at,
/// and the sixth without success ends the session.
/// </summary>
internal static class StepUp
{
    private const int MostTries = 5;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/step-up/", Handle)
        .Named("StepUp", "Confirms by password or code that it is still the caller, for what asks for a recent sign-in.")
        .ForSignedIn().WithoutSecondFactor().LimitedAsAuth().WithOwnTransaction();

    private static async Task<Answer<StepUpResponse>> Handle(
        StepUpRequest request, Actor actor, CarelineDb db, Passwords passwords, SecondFactor factor, SessionCache sessions, RecentSignIn recent,
        AuditTrail trail, CancellationToken ct)
    {
        if (request.Password is null == request.Code is null)
        {
            throw new InvalidInput("password", "Send either password or code.");
        }

        trail.About("session", actor.SessionId);
        await CountAsync(actor, db, sessions, trail, ct);
        if (request.Password is { } password && !await KnowsAsync(password, actor, db, passwords, ct))
        {
            throw await WrongAsync(actor, trail, RefusedSignIn.WrongPassword);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (request.Code is { } code && !await factor.TakeAsync(db, actor.AccountId, code, ct))
        {
            await transaction.CommitAsync(CancellationToken.None);
            throw await WrongAsync(actor, trail, RefusedSignIn.WrongCode);
        }

        var now = db.Now;
        await db.Set<Session>().Where(s => s.Id == actor.SessionId)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.AuthenticatedAt, now).SetProperty(x => x.StepUpTries, 0), ct);
        await sessions.RenewAsync(db, actor.AccountId, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        return Answer.Ok(new StepUpResponse(recent.CountsUntil(now)), "Confirmed.");
    }

    private static async Task<Unauthenticated> WrongAsync(Actor actor, AuditTrail trail, string why)
    {
        await RefusedSignIn.RecordAsync(trail, actor.AccountId, why);
        return new Unauthenticated("INVALID_CREDENTIALS", "The password or the code is wrong.");
    }

    private static async Task CountAsync(Actor actor, CarelineDb db, SessionCache sessions, AuditTrail trail, CancellationToken ct)
    {
        if (await db.Set<Session>().Where(s => s.Id == actor.SessionId && s.EndedAt == null && s.StepUpTries < MostTries)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.StepUpTries, x => x.StepUpTries + 1), ct) == 1)
        {
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await sessions.EndAsync(db, actor.AccountId, only: actor.SessionId, except: null, "step_up_guessing", ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        await RefusedSignIn.RecordAsync(trail, actor.AccountId, RefusedSignIn.Locked);
        throw new Unauthenticated("INVALID_TOKEN", "Too many wrong tries. Sign in again.");
    }

    private static async Task<bool> KnowsAsync(string password, Actor actor, CarelineDb db, Passwords passwords, CancellationToken ct)
    {
        var hash = await db.Set<Account>().Where(a => a.Id == actor.AccountId).Select(a => a.PasswordHash).SingleAsync(ct);
        return await passwords.VerifyAsync(hash, password, ct) != PasswordVerificationResult.Failed;
    }
}
