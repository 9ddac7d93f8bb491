using System.Security.Cryptography;
using Careline.Accounts.Accounts;
using Careline.Accounts.SignIn;
using Careline.Audit.Contracts;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Careline.Accounts.OneTimeCodes;

/// <summary>The code that came by SMS.</summary>
/// <param name="Phone">The number it was sent to.</param>
/// <param name="Otp">Six digits.</param>
/// <param name="ChallengeId">What sending answered; without it the latest code of the number is meant.</param>
public sealed record VerifyOtpRequest(
    [Required, MaxLength(40)] string Phone, [Required, MaxLength(16)] string Otp, Guid? ChallengeId = null);

/// <summary>
/// A try is counted before it is looked at, in one statement that the database makes one after the other: a thousand tries at once are still five.
/// The count must outlive the refusal, so it is committed by itself.
/// </summary>
internal static class VerifyOtp
{
    // Failures in a row after which codes alone open this number no more; the account's other ways in do.
    private const int MostFailures = 100;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/verify-otp/", Handle)
        .Named("VerifyOtp", "Signs in by the code; a new number becomes a patient.").ForAnyone("People without a password sign in by it.")
        .LimitedAsAuth().WithOwnTransaction();

    private static async Task<Answer<LoginResponse>> Handle(
        VerifyOtpRequest request, HttpContext http, CarelineDb db, OtpKey key, SignInSessions sessions, IEnumerable<IRoleProfile> profiles,
        IWebHostEnvironment environment, IOptions<AccountsOptions> options, AuditTrail trail, CancellationToken ct)
    {
        var phone = AccountNames.ToPhone(request.Phone) ?? throw Wrong();
        if (await TryAsync(db, phone, request.ChallengeId, ct) is not { } challenge
            || !CryptographicOperations.FixedTimeEquals(OtpChallenge.HashOf(challenge.Id, phone, request.Otp.Trim(), key.Value), challenge.CodeHash))
        {
            throw await WrongAsync(db, phone, trail, RefusedSignIn.WrongCode, ct);
        }

        if (await IsWornOutAsync(db, phone, ct))
        {
            throw await WrongAsync(db, phone, trail, RefusedSignIn.Locked, ct);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = db.Now;
        if (await db.Set<OtpChallenge>().Where(c => c.Id == challenge.Id && c.UsedAt == null)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.UsedAt, now), ct) != 1)
        {
            throw Wrong();
        }

        var account = await db.Set<Account>().AsTracking().FirstOrDefaultAsync(a => a.PhoneNumber == phone, ct);
        var isNew = account is null;
        if (isNew)
        {
            options.Value.RequireOpen();
        }

        account ??= await WelcomeAsync(db, phone, profiles, ct);
        if (account.Status != AccountStatus.Active || (account.IsDemo && !environment.IsDevelopment()))
        {
            await RefusedSignIn.RecordAsync(trail, account.Id, RefusedSignIn.Disabled);
            throw new PermissionDenied("This account is disabled. Ask an administrator.", "ACCOUNT_DISABLED");
        }

        account.PhoneNumberConfirmed = true;
        account.SignedIn(now);
        trail.About("account", account.Id).By(account.Id);
        var answer = await sessions.BeginOrAskAsync(db, account, http, isNew, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        return Answer.Ok(answer, answer.MfaRequired ? "Now the second factor." : "Signed in.");
    }

    private static Unauthenticated Wrong() => new("OTP_INVALID", "The code is wrong or has expired. Ask for a new one.");

    private static async Task<Unauthenticated> WrongAsync(CarelineDb db, string phone, AuditTrail trail, string why, CancellationToken ct)
    {
        var meant = await db.Set<Account>().Where(a => a.PhoneNumber == phone).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(ct);
        await RefusedSignIn.RecordAsync(trail, meant, why);
        return Wrong();
    }

    private static async Task<Tried?> TryAsync(CarelineDb db, string phone, Guid? challengeId, CancellationToken ct)
    {
        var tried = await db.Database.SqlQuery<Tried>(
            $"""
            UPDATE accounts.otp_challenges SET tries = tries + 1
            WHERE id = (SELECT id FROM accounts.otp_challenges WHERE phone = {phone} AND ({challengeId}::uuid IS NULL OR id = {challengeId})
                ORDER BY created_at DESC LIMIT 1)
                AND phone = {phone} AND tries < {OtpChallenge.MostTries} AND used_at IS NULL AND ended_at IS NULL AND expires_at > {db.Now}
            RETURNING id AS "Id", code_hash AS "CodeHash"
            """).ToListAsync(ct);
        return tried.SingleOrDefault();
    }

    /// <summary>Tries since the number's last success; those of the present challenge were counted already.</summary>
    private static async Task<bool> IsWornOutAsync(CarelineDb db, string phone, CancellationToken ct)
    {
        var lastSuccess = await db.Set<OtpChallenge>().Where(c => c.Phone == phone && c.UsedAt != null).MaxAsync(c => c.UsedAt, ct);
        return await db.Set<OtpChallenge>().Where(c => c.Phone == phone && (lastSuccess == null || c.CreatedAt > lastSuccess))
            .SumAsync(c => c.Tries, ct) > MostFailures;
    }

    private static async Task<Account> WelcomeAsync(CarelineDb db, string phone, IEnumerable<IRoleProfile> profiles, CancellationToken ct)
    {
        var account = Account.Register(phone, null, phone, [Roles.Patient], db.Now);
        db.Add(account);
        await db.SaveChangesAsync(ct);
        account.AttachProfile(Roles.Patient, await profiles.Single(p => p.Role == Roles.Patient).CreateAsync(account.ToPerson(), ct));
        return account;
    }

    private sealed record Tried(Guid Id, byte[] CodeHash);
}
