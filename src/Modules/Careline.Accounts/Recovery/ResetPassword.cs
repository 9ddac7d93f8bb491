using Careline.Accounts.Accounts;
using Careline.Accounts.Sessions;
using Careline.Accounts.SignIn;
using Careline.Audit.Contracts;

namespace Careline.Accounts.Recovery;

/// <summary>Sets a new password by a mailed token.</summary>
/// <param name="Token">As mailed.</param>
/// <param name="NewPassword">From now on.</param>
public sealed record ResetPasswordRequest([Required, MaxLength(200)] string Token, [Required, MaxLength(1024)] string NewPassword);

/// <summary>What changing a password did.</summary>
/// <param name="OtherSessionsEnded">Always true.</param>
public sealed record PasswordChanged(bool OtherSessionsEnded);

internal static class ResetPassword
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/password-reset/confirm/", Handle)
        .Named("ResetPassword", "Sets a new password by a mailed token and ends every session.")
        .ForAnyone("The mailed token is the credential.").LimitedAsAuth().WithOwnTransaction();

    private static async Task<Answer<PasswordChanged>> Handle(
        ResetPasswordRequest request, CarelineDb db, Passwords passwords, SessionCache sessions, SignInNotice notice, AuditTrail trail,
        CancellationToken ct)
    {
        // Before the token is used up: a password that is refused must not cost it.
        passwords.Check(request.NewPassword, "new_password");
        var hash = await passwords.HashAsync(request.NewPassword, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var token = await MailedToken.TakeAsync(db, request.Token, TokenPurpose.PasswordReset, ct)
            ?? throw new InvalidInput("token", "Is not valid any more. Ask for a new one.");
        var account = await db.Set<Account>().AsTracking().SingleAsync(a => a.Id == token.AccountId, ct);
        passwords.Check(request.NewPassword, "new_password", account.Email, account.UserName, account.FirstName + account.LastName);
        account.PasswordHash = hash;
        account.EmailConfirmed |= account.Email == token.Email;
        trail.About("account", account.Id).By(account.Id).Changed("password");
        await notice.TellAsync(account.Id, "accounts.password_was_reset", ct);
        await sessions.EndAsync(db, account.Id, only: null, except: null, "password_reset", ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        return Answer.Ok(new PasswordChanged(true), "Your password was set. Sign in with it.");
    }
}
