using Careline.Accounts.Accounts;
using Careline.Audit.Contracts;
using Careline.Platform.Delivery;
using Microsoft.Extensions.Options;

namespace Careline.Accounts.Invitations;

/// <summary>Whom to invite, and as what.</summary>
/// <param name="Email">Where the invitation is mailed.</param>
/// <param name="Role">nurse, pharmacist, receptionist, admin or superadmin; patients and doctors register themselves.</param>
/// <param name="ClinicId">Where they will work; without it nurses, pharmacists and receptionists see nothing.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record InviteUserRequest([Required, MaxLength(254)] string Email, [Required, MaxLength(20)] string Role, Guid? ClinicId = null);

/// <summary>An invitation that was mailed.</summary>
/// <param name="Id">The invitation.</param>
/// <param name="Email">To whom.</param>
/// <param name="Role">As what.</param>
/// <param name="ClinicId">Where.</param>
/// <param name="ExpiresAt">When it is worth nothing any more.</param>
public sealed record InvitationResponse(Guid Id, string Email, string Role, Guid? ClinicId, DateTimeOffset ExpiresAt);

internal static class InviteUser
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/invitations/", Handle)
        .Named("InviteUser", "Invites somebody to join in a role that cannot be chosen.").ForRoles(Roles.Administrators)
        .RequiresRecentSignIn();

    private static async Task<CreatedAnswer<InvitationResponse>> Handle(
        InviteUserRequest request, HttpRequest http, Actor actor, CarelineDb db, IClinicStaffing clinics, Postbox post, Phrases phrases,
        IOptions<AccountsOptions> options, AuditTrail trail, CancellationToken ct)
    {
        await CheckAsync(request, actor, db, clinics, ct);
        var life = TimeSpan.FromMinutes(options.Value.InvitationMinutes);
        var (invitation, text) = Invitation.Issue(request, actor.AccountId, life, db.Now);
        db.Append(invitation);
        var mail = phrases.Say(
            "accounts.invitation",
            http.Languages(),
            ("role", request.Role),
            ("minutes", options.Value.InvitationMinutes.ToString(CultureInfo.InvariantCulture)),
            ("token", text));
        post.Mail(request.Email, mail.Subject, mail.Text, life);
        trail.About("invitation", invitation.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Created(
            new InvitationResponse(invitation.Id, invitation.Email, invitation.Role, invitation.ClinicId, invitation.ExpiresAt), "Invited.");
    }

    private static async Task CheckAsync(InviteUserRequest request, Actor actor, CarelineDb db, IClinicStaffing clinics, CancellationToken ct)
    {
        if (!AccountNames.IsEmail(request.Email))
        {
            throw new InvalidInput("email", "Enter a valid e-mail address.");
        }

        if (request.Role is not (Roles.Nurse or Roles.Pharmacist or Roles.Receptionist or Roles.Admin or Roles.SuperAdmin))
        {
            throw new InvalidInput("role", "Must be nurse, pharmacist, receptionist, admin or superadmin; patients and doctors register themselves.");
        }

        if (request.Role is Roles.Admin or Roles.SuperAdmin && !actor.Is(Roles.SuperAdmin))
        {
            throw new PermissionDenied("Only a superadmin may make administrators.");
        }

        if (request.ClinicId is { } clinicId && !await clinics.ExistsAsync(clinicId, ct))
        {
            throw new InvalidInput("clinic_id", "There is no such clinic.");
        }

        var email = AccountNames.Normalize(request.Email);
        if (await db.Set<Account>().AnyAsync(a => a.NormalizedEmail == email, ct))
        {
            throw new InvalidInput("email", "Already registered. Change the account's roles instead.");
        }
    }
}
