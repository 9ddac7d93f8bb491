using Careline.Accounts.Accounts;
using Careline.Accounts.SignIn;
using Careline.Audit.Contracts;

namespace Careline.Accounts.Invitations;

/// <summary>Accepts an invitation; the mailbox it was mailed to is thereby confirmed.</summary>
/// <param name="Token">As mailed.</param>
/// <param name="Password">From now on.</param>
/// <param name="FirstName">Given name.</param>
/// <param name="LastName">Family name.</param>
/// <param name="Username">The sign-in name; the e-mail address unless told.</param>
public sealed record AcceptInvitationRequest(
    [Required, MaxLength(200)] string Token,
    [Required, MaxLength(1024)] string Password,
    [Required, MaxLength(100)] string FirstName,
    [Required, MaxLength(100)] string LastName,
    [MaxLength(150)] string? Username = null);

internal static class AcceptInvitation
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/invitations/accept/", Handle)
        .Named("AcceptInvitation", "Makes the account that somebody was invited to, and signs it in.").ForAnyone("The mailed token is the credential.")
        .LimitedAsAuth().WithOwnTransaction();

    private static async Task<CreatedAnswer<TokenResponse>> Handle(
        AcceptInvitationRequest request, HttpContext http, CarelineDb db, Passwords passwords, SignInSessions sessions, IClinicStaffing clinics,
        AuditTrail trail, CancellationToken ct)
    {
        if (request.Username is { } wanted && !AccountNames.IsUserName(wanted))
        {
            throw new InvalidInput("username", "Use 2 to 150 letters, digits, dots, hyphens or underscores.");
        }

        passwords.Check(request.Password, "password", request.Username, request.FirstName + request.LastName);
        var hash = await passwords.HashAsync(request.Password, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var invitation = await Invitation.TakeAsync(db, request.Token, ct) ?? throw new InvalidInput("token", "Is not valid any more. Ask for another invitation.");
        passwords.Check(request.Password, "password", invitation.Email);
        var account = Account.Register(request.Username ?? invitation.Email, invitation.Email, null, [invitation.Role], db.Now);
        account.PasswordHash = hash;
        account.EmailConfirmed = true;
        account.Describe(request.FirstName, request.LastName, null, null);
        account.SignedIn(db.Now);
        db.Add(account);
        if (invitation.ClinicId is { } clinicId)
        {
            clinics.Join(clinicId, account.Id, invitation.Role);
        }

        trail.About("account", account.Id).By(account.Id);
        var answer = sessions.Begin(db, account, http);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        return Answer.Created(answer, "Welcome.");
    }
}
