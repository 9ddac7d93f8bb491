using Careline.Accounts.Accounts;
using Careline.Accounts.Passkeys;
using Careline.Accounts.SignIn;
using Careline.Audit.Contracts;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;

namespace Careline.Accounts.SecondFactors;

/// <summary>The second factor of a sign-in.</summary>
/// <param name="MfaToken">What signing in answered.</param>
/// <param name="Code">Six digits of the app, or a recovery code.</param>
/// <param name="Passkey">Instead: a passkey's answer to what <c>passkeys/login/options/</c> asked for this <c>mfa_token</c>.</param>
public sealed record VerifySecondFactorRequest(
    [Required, MaxLength(200)] string MfaToken, [MaxLength(32)] string? Code = null, PasskeyAnswer? Passkey = null);

/// <summary>Tries are counted before they are looked at, and committed whatever comes of them.</summary>
internal static class VerifySecondFactor
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/mfa/verify/", Handle)
        .Named("VerifySecondFactor", "Completes a sign-in by the second factor.").ForAnyone("The mfa_token shows that the first factor was right.")
        .LimitedAsAuth().WithOwnTransaction();

    private static async Task<Answer<TokenResponse>> Handle(
        VerifySecondFactorRequest request, HttpContext http, CarelineDb db, SecondFactor factor, PasskeyQuestions questions, SignInSessions sessions,
        IWebHostEnvironment environment, AuditTrail trail, CancellationToken ct)
    {
        if (request.Code is null == request.Passkey is null)
        {
            throw new InvalidInput("code", "Send either code or passkey.");
        }

        var (hash, now) = (OpaqueToken.HashOf(request.MfaToken), db.Now);
        var challenges = db.Set<MfaChallenge>().Where(c => c.Hash == hash);
        if (await challenges.Where(c => c.UsedAt == null && c.ExpiresAt > now && c.Tries < MfaChallenge.MostTries)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.Tries, x => x.Tries + 1), ct) != 1)
        {
            var meant = await challenges.Where(c => c.Tries >= MfaChallenge.MostTries).Select(c => (Guid?)c.AccountId).FirstOrDefaultAsync(ct);
            await RefusedSignIn.RecordAsync(trail, meant, meant is null ? RefusedSignIn.WrongCode : RefusedSignIn.Locked);
            throw new Unauthenticated("INVALID_TOKEN", "This sign-in has expired. Begin again.");
        }

        var account = await (from c in challenges join a in db.Set<Account>() on c.AccountId equals a.Id select a).AsTracking().SingleAsync(ct);
        var judged = request.Passkey is { } answered ? await questions.JudgeAsync(PasskeyPurpose.SecondFactor, account.Id, answered, http, ct) : null;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (request.Code is { } code ? !await factor.TakeAsync(db, account.Id, code, ct) : judged is null || !await questions.UseAsync(judged.Value.Passkey, ct))
        {
            await transaction.CommitAsync(CancellationToken.None);
            await RefusedSignIn.RecordAsync(trail, account.Id, request.Code is null ? RefusedSignIn.WrongPasskey : RefusedSignIn.WrongCode);
            throw new Unauthenticated("OTP_INVALID", "The second factor is wrong or was used before.");
        }

        if (await challenges.Where(c => c.UsedAt == null).ExecuteUpdateAsync(c => c.SetProperty(x => x.UsedAt, now), ct) != 1
            || account.Status != AccountStatus.Active || (account.IsDemo && !environment.IsDevelopment()))
        {
            throw new Unauthenticated("INVALID_TOKEN", "This sign-in has expired. Begin again.");
        }

        account.SignedIn(now);
        trail.About("account", account.Id).By(account.Id);
        var answer = sessions.Begin(db, account, http);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        return Answer.Ok(answer, "Signed in.");
    }
}
