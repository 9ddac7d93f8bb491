using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Doctors.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Vitals.Alerts;

/// <summary>An alert becomes another's: exactly one of an account and a doctor.</summary>
/// <param name="Reason">Why.</param>
/// <param name="UserId">The other's account.</param>
/// <param name="DoctorId">The other, where a doctor.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record HandOverAlertRequest([Required, StringLength(2000, MinimumLength = 1)] string Reason, Guid? UserId = null, Guid? DoctorId = null);

internal static class HandOverAlert
{
    public static void Map(RouteGroupBuilder alerts) => alerts.MapPost("/{id:guid}/hand-over/", Handle)
        .Named("HandOverAlert", "Makes an alert another clinician's, who is called at once.").ForStaff().VisibleAs<ClinicalAlert>();

    private static async Task<Answer<AlertResponse>> Handle(
        Guid id, HandOverAlertRequest request, Actor actor, AlertDesk desk, AlertReader reader, IAccountActors accounts, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var alert = await desk.HoldAsync(id, actor, ct);
        var to = await OtherAsync(request, db, accounts, ct);
        if (to.AccountId == alert.ResponsibleId || !await ClinicalCare.TreatedBy(db, to).ContainsAsync(alert.PatientId, ct))
        {
            throw new RuleViolation("CANNOT_TAKE_OVER", "An alert is handed over to another clinician who treats the patient.");
        }

        var (act, raised) = alert.HandOver(actor.AccountId, to.AccountId, request.Reason, db.Clock);
        db.Append(act);
        db.Publish(raised);
        await desk.WithdrawCallsAsync(id, ct);
        trail.About("alert", id).Concerns(alert.PatientId);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await reader.OneAsync(alert, actor, ct), "Alert handed over.");
    }

    private static async Task<Actor> OtherAsync(HandOverAlertRequest request, CarelineDb db, IAccountActors accounts, CancellationToken ct)
    {
        if (request.UserId is null == request.DoctorId is null)
        {
            throw new InvalidInput("user_id", "Name exactly one of user_id and doctor_id.");
        }

        var account = request.UserId ?? await db.Set<DoctorRow>().Where(d => d.Id == request.DoctorId).Select(d => (Guid?)d.AccountId).FirstOrDefaultAsync(ct);
        return (account is { } found ? await accounts.FindAsync(found, ct) : null)
            ?? throw new InvalidInput(request.UserId is null ? "doctor_id" : "user_id", "There is no such clinician.");
    }
}
