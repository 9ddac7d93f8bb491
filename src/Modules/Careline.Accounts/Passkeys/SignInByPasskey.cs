using Careline.Accounts.Accounts;
using Careline.Accounts.SecondFactors;
using Careline.Accounts.SignIn;
using Careline.Audit.Contracts;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;

namespace Careline.Accounts.Passkeys;

/// <summary>Nothing, to sign in by passkey: the device knows its keys.</summary>
/// <param name="MfaToken">What signing in answered, to use the passkey as the second factor.</param>
public sealed record AskForPasskeyRequest([MaxLength(200)] string? MfaToken = null);

/// <summary>A device's answer.</summary>
/// <param name="ChallengeId">The question that it answers.</param>
/// <param name="Credential">What <c>navigator.credentials.get</c> gave, by toJSON.</param>
public sealed record PasskeyAnswer(Guid ChallengeId, JsonElement Credential);

/// <summary>The device saw its owner, so a passkey is both factors at once.</summary>
internal static class SignInByPasskey
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/passkeys/login/options/", Ask).Named("AskForPasskey", "What a device is to sign, to sign in by passkey.")
            .ForAnyone("This is how people sign in.");
        routes.MapPost("/passkeys/login/", Handle).Named("SignInByPasskey", "Signs in by passkey; no second factor is asked for.")
            .ForAnyone("This is how people sign in.").LimitedAsAuth().WithOwnTransaction();
    }

    private static async Task<Answer<PasskeyQuestion>> Ask(
        AskForPasskeyRequest? request, HttpContext http, CarelineDb db, PasskeyQuestions questions, CancellationToken ct)
    {
        var question = request?.MfaToken is { } token
            ? await questions.AskOwnerAsync(PasskeyPurpose.SecondFactor, await AwaitedAsync(db, token, ct), http)
            : await questions.AskToSignInAsync(http);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(question, "Ask the device.");
    }

    private static async Task<Answer<LoginResponse>> Handle(
        PasskeyAnswer request, HttpContext http, CarelineDb db, PasskeyQuestions questions, SignInSessions sessions, IWebHostEnvironment environment,
        AuditTrail trail, CancellationToken ct)
    {
        if (await questions.JudgeAsync(PasskeyPurpose.SignIn, null, request, http, ct) is not { } judged
            || (judged.Account.IsDemo && !environment.IsDevelopment()))
        {
            throw await WrongAsync(trail, null);
        }

        var (account, passkey) = judged;

        if (account.Status != AccountStatus.Active)
        {
            await RefusedSignIn.RecordAsync(trail, account.Id, RefusedSignIn.Disabled);
            throw new PermissionDenied("This account is disabled. Ask an administrator.", "ACCOUNT_DISABLED");
        }

        trail.About("account", account.Id).By(account.Id);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await questions.UseAsync(passkey, ct))
        {
            throw await WrongAsync(trail, account.Id);
        }

        var answer = LoginResponse.Of(sessions.Begin(db, account, http));
        var now = db.Now;
        await db.Set<Account>().Where(a => a.Id == account.Id).ExecuteUpdateAsync(a => a.SetProperty(x => x.LastLoginAt, now), ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        return Answer.Ok(answer, "Signed in.");
    }

    private static async Task<Unauthenticated> WrongAsync(AuditTrail trail, Guid? accountId)
    {
        await RefusedSignIn.RecordAsync(trail, accountId, RefusedSignIn.WrongPasskey);
        return new Unauthenticated("INVALID_CREDENTIALS", "The passkey was not accepted.");
    }

    private static async Task<Account> AwaitedAsync(CarelineDb db, string token, CancellationToken ct)
    {
        var (hash, now) = (OpaqueToken.HashOf(token), db.Now);
        return await (
            from challenge in db.Set<MfaChallenge>()
            join account in db.Set<Account>() on challenge.AccountId equals account.Id
            where challenge.Hash == hash && challenge.UsedAt == null && challenge.ExpiresAt > now && challenge.Tries < MfaChallenge.MostTries
            select account).FirstOrDefaultAsync(ct) ?? throw new Unauthenticated("INVALID_TOKEN", "This sign-in has expired. Begin again.");
    }
}
