using Careline.Accounts.Accounts;
using Careline.Audit.Contracts;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Hosting;

namespace Careline.Accounts.SignIn;

/// <summary>A sign-in by password.</summary>
/// <param name="Username">User name, e-mail address or phone number.</param>
/// <param name="Password">The password.</param>
public sealed record LoginRequest([Required, MaxLength(254)] string Username, [Required, MaxLength(1024)] string Password);

internal static class Login
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/login/", Handle)
        .Named("Login", "Signs in by password.").ForAnyone("This is how people sign in.").LimitedAsAuth().WithOwnTransaction();

    private static async Task<Answer<LoginResponse>> Handle(
        LoginRequest request, HttpContext http, CarelineDb db, Passwords passwords, SignInSessions sessions, IWebHostEnvironment environment,
        AuditTrail trail, CancellationToken ct)
    {
        var found = await FindAsync(db, request.Username, ct);
        var verdict = await passwords.VerifyAsync(found?.PasswordHash, request.Password, ct);

        // A copied database brings its demo people along, whose passwords everybody knows.
        if (found is null || verdict == PasswordVerificationResult.Failed || (found.IsDemo && !environment.IsDevelopment()))
        {
            await RefusedSignIn.RecordAsync(trail, found?.Id, RefusedSignIn.WrongPassword);
            throw new Unauthenticated("INVALID_CREDENTIALS", "The name or the password is wrong.");
        }

        if (found.Status != AccountStatus.Active)
        {
            await RefusedSignIn.RecordAsync(trail, found.Id, RefusedSignIn.Disabled);
            throw new PermissionDenied("This account is disabled. Ask an administrator.", "ACCOUNT_DISABLED");
        }

        var rehashed = verdict == PasswordVerificationResult.SuccessRehashNeeded ? await passwords.HashAsync(request.Password, ct) : null;
        trail.About("account", found.Id).By(found.Id);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var answer = await sessions.BeginOrAskAsync(db, found, http, isNewUser: null, ct);

        // Not through the entity: a sign-in must not fail because somebody edits the account at that moment.
        await db.Set<Account>().Where(a => a.Id == found.Id).ExecuteUpdateAsync(
            a => a.SetProperty(x => x.LastLoginAt, db.Now).SetProperty(x => x.PasswordHash, x => rehashed ?? x.PasswordHash), ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        return Answer.Ok(answer, answer.MfaRequired ? "Now the second factor." : "Signed in.");
    }

    /// <summary>By any of a person's names.</summary>
    internal static Task<Account?> FindAsync(CarelineDb db, string name, CancellationToken ct)
    {
        var accounts = db.Set<Account>();
        var normalized = AccountNames.Normalize(name);
        return name.Contains('@', StringComparison.Ordinal) ? accounts.FirstOrDefaultAsync(a => a.NormalizedEmail == normalized, ct)
            : AccountNames.ToPhone(name) is { } phone ? accounts.FirstOrDefaultAsync(a => a.PhoneNumber == phone, ct)
            : accounts.FirstOrDefaultAsync(a => a.NormalizedUserName == normalized, ct);
    }
}
