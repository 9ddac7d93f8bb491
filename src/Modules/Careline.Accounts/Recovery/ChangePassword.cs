using Careline.Accounts.Accounts;
using Careline.Accounts.Sessions;
using Careline.Accounts.SignIn;
using Careline.Audit.Contracts;
using Microsoft.AspNetCore.Identity;

namespace Careline.Accounts.Recovery;

/// <summary>Changes the caller's password.</summary>
/// <param name="OldPassword">To be sure who asks; an account that never had one leaves it out.</param>
/// <param name="NewPassword">From now on.</param>
public sealed record ChangePasswordRequest([Required, MaxLength(1024)] string NewPassword, [MaxLength(1024)] string? OldPassword = null);

internal static class ChangePassword
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/password-change/", Handle)
        .Named("ChangePassword", "Changes the caller's password and ends all other sessions.").ForSignedIn().LimitedAsAuth().WithOwnTransaction();

    private static async Task<Answer<PasswordChanged>> Handle(
        ChangePasswordRequest request, Actor actor, CarelineDb db, Passwords passwords, SessionCache sessions, RecentSignIn recent, SignInNotice notice,
        AuditTrail trail, CancellationToken ct)
    {
        var present = await db.Set<Account>().SingleAsync(a => a.Id == actor.AccountId, ct);
        passwords.Check(request.NewPassword, "new_password", present.Email, present.UserName, present.FirstName + present.LastName);
        if (present.PasswordHash is null)
        {
            // Nothing old to ask for: a first password is a new way in.
            recent.Require(actor);
        }
        else if (await passwords.VerifyAsync(present.PasswordHash, request.OldPassword ?? "", ct) == PasswordVerificationResult.Failed)
        {
            throw new InvalidInput("old_password", "Is not your password.");
        }

        var hash = await passwords.HashAsync(request.NewPassword, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var account = await db.Set<Account>().AsTracking().SingleAsync(a => a.Id == actor.AccountId, ct);
        account.PasswordHash = hash;
        trail.About("account", account.Id).Changed("password");
        await notice.TellAsync(account.Id, "accounts.password_changed", ct);
        await sessions.EndAsync(db, account.Id, only: null, except: actor.SessionId, "password_changed", ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        return Answer.Ok(new PasswordChanged(true), "Your password was changed.");
    }
}
