using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Clinics.Staff;
using Careline.Notifications.Contracts;

namespace Careline.Clinics.Clinics;

/// <summary>What an administrator found about a clinic.</summary>
public enum ClinicDecision
{
    /// <summary>It is what it says.</summary>
    Verified,

    /// <summary>It is not.</summary>
    Rejected,
}

/// <summary>An administrator's decision on a clinic; without a body it means verified.</summary>
/// <param name="Decision">verified or rejected.</param>
/// <param name="Note">Why, for those who run the clinic to read.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record VerifyClinicRequest(ClinicDecision Decision = ClinicDecision.Verified, [StringLength(1000)] string? Note = null);

internal static class VerifyClinic
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{id:guid}/verify/", Handle).Named("VerifyClinic", "Decides whether a clinic is what it says.")
            .ForSignedIn().VisibleAs<Clinic>().OnlyForRoles(Roles.Administrators);

    private static async Task<Answer<ClinicResponse>> Handle(
        Guid id, VerifyClinicRequest? request, Actor actor, CarelineDb db, INotifier notifier, AuditTrail trail, CancellationToken ct)
    {
        var clinic = await Clinic.LockAsync(db, actor, id, ct);
        var wasTrusted = clinic.IsTrusted;
        var isVerified = (request?.Decision ?? ClinicDecision.Verified) == ClinicDecision.Verified;
        clinic.Decide(isVerified, request?.Note, actor.AccountId, db.Now);
        var staff = await db.Set<StaffMember>().Where(s => s.ClinicId == id && s.LeftAt == null).Select(s => new { s.AccountId, s.Role }).ToListAsync(ct);
        var running = staff.Where(s => s.Role == ClinicRole.Administrator).Select(s => s.AccountId).ToHashSet();
        var news = new Notice(
            NoticeCategory.System, isVerified ? NoticeSeverity.Success : NoticeSeverity.Important, isVerified ? "clinics.verified" : "clinics.rejected")
        {
            About = ("clinic", id),
        };
        await notifier.TellAsync(news, running.Select(account => new Recipient(account)), ct);
        if (isVerified && !wasTrusted)
        {
            await notifier.TellAsync(
                ManageStaff.JoinedNotice(id), staff.Select(s => s.AccountId).Except(running).Select(account => new Recipient(account)), ct);
        }

        trail.About("clinic", id).Because("operations").Changed("verification_status");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await ListClinics.ReadAsync(db, actor, id, ct), "Decision recorded.");
    }
}
