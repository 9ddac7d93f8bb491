using Careline.Accounts.Accounts;
using Careline.Accounts.Recovery;
using Careline.Audit.Contracts;

namespace Careline.Accounts.EmailVerification;

/// <summary>Confirms an e-mail address.</summary>
/// <param name="Token">As mailed.</param>
public sealed record VerifyEmailRequest([Required, MaxLength(200)] string Token);

/// <summary>The address was confirmed.</summary>
/// <param name="Verified">Always true.</param>
public sealed record EmailVerified(bool Verified);

internal static class VerifyEmail
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/verify-email/", Handle)
        .Named("VerifyEmail", "Confirms an e-mail address by the mailed token.").ForAnyone("The mailed token is the credential.").LimitedAsAuth();

    private static async Task<Answer<EmailVerified>> Handle(VerifyEmailRequest request, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var token = await MailedToken.TakeAsync(db, request.Token, TokenPurpose.EmailVerification, ct);
        var account = token is null ? null
            : await db.Set<Account>().AsTracking().FirstOrDefaultAsync(a => a.Id == token.AccountId && a.Email == token.Email, ct);
        if (account is null)
        {
            throw new InvalidInput("token", "Is not valid any more. Ask for a new one.");
        }

        account.EmailConfirmed = true;
        trail.About("account", account.Id).By(account.Id).Changed("email_verified");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(new EmailVerified(true), "Thank you: this is your address.");
    }
}
