using Careline.Accounts.Accounts;
using Careline.Accounts.Passkeys;
using Careline.Accounts.SecondFactors;
using Careline.Accounts.SignIn;
using Careline.Audit.Contracts;
using Microsoft.AspNetCore.Identity;

namespace Careline.Accounts.Sessions;

/// <summary>Shows again who is there; one of the three.</summary>
/// <param name="Password">The caller's password.</param>
/// <param name="Code">Six digits of the authenticator app, or a recovery code.</param>
/// <param name="Passkey">A passkey's answer to what <c>step-up/options/</c> asked.</param>
public sealed record StepUpRequest([MaxLength(1024)] string? Password = null, [MaxLength(32)] string? Code = null, PasskeyAnswer? Passkey = null);

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

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/step-up/options/", Ask).Named("AskToStepUp", "What a device is to sign, to confirm by passkey that it is still the caller.")
            .ForSignedIn().WithoutSecondFactor();
        routes.MapPost("/step-up/", Handle)
            .Named("StepUp", "Confirms by password, code or passkey that it is still the caller, for what asks for a recent sign-in.")
            .ForSignedIn().WithoutSecondFactor().LimitedAsAuth().WithOwnTransaction();
    }

    private static async Task<Answer<PasskeyQuestion>> Ask(
        Actor actor, HttpContext http, CarelineDb db, PasskeyQuestions questions, CancellationToken ct)
    {
        var account = await db.Set<Account>().SingleAsync(a => a.Id == actor.AccountId, ct);
        var question = await questions.AskOwnerAsync(PasskeyPurpose.StepUp, account, http);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(question, "Ask the device.");
    }

    private static async Task<Answer<StepUpResponse>> Handle(
        StepUpRequest request, Actor actor, HttpContext http, CarelineDb db, Passwords passwords, SecondFactor factor, PasskeyQuestions questions,
        SessionCache sessions, RecentSignIn recent, AuditTrail trail, CancellationToken ct)
    {
        if (new object?[] { request.Password, request.Code, request.Passkey }.Count(shown => shown is not null) != 1)
        {
            throw new InvalidInput("password", "Send either password, code or passkey.");
        }

        trail.About("session", actor.SessionId);
        await CountAsync(actor, db, sessions, trail, ct);
        if (request.Password is { } password && !await KnowsAsync(password, actor, db, passwords, ct))
        {
            throw await WrongAsync(actor, trail, RefusedSignIn.WrongPassword);
        }

        var judged = request.Passkey is { } answered ? await questions.JudgeAsync(PasskeyPurpose.StepUp, actor.AccountId, answered, http, ct) : null;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (request.Code is { } code ? !await factor.TakeAsync(db, actor.AccountId, code, ct)
            : request.Passkey is not null && (judged is null || !await questions.UseAsync(judged.Value.Passkey, ct)))
        {
            await transaction.CommitAsync(CancellationToken.None);
            throw await WrongAsync(actor, trail, request.Code is null ? RefusedSignIn.WrongPasskey : RefusedSignIn.WrongCode);
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
        return new Unauthenticated("INVALID_CREDENTIALS", "The password, the code or the passkey is wrong.");
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
