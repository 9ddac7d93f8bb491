using Careline.Patients.Contracts;
using Careline.Platform.Delivery;

namespace Careline.Vitals.Alerts;

/// <summary>Takes an alert to act on. Its row is held, so that nobody is called while somebody answers.</summary>
internal sealed class AlertDesk(CarelineDb db, Postbox post)
{
    /// <summary>An alert whose patient the actor treats, or which is the actor's own.</summary>
    /// <exception cref="PermissionDenied">The actor may see it only.</exception>
    public async Task<ClinicalAlert> HoldAsync(Guid id, Actor actor, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT FROM vitals.alerts WHERE id = {id} FOR UPDATE", ct);
        var alert = await ClinicalAlert.VisibleTo(db, actor).AsTracking().FirstOrDefaultAsync(a => a.Id == id, ct) ?? throw new NotFound();
        return alert.ResponsibleId == actor.AccountId || await ClinicalCare.TreatedBy(db, actor).ContainsAsync(alert.PatientId, ct)
            ? alert : throw new PermissionDenied("Only who treats the patient answers an alert.");
    }

    /// <summary>Takes back what is still in the post.</summary>
    public Task WithdrawCallsAsync(Guid id, CancellationToken ct) => AlertCall.WithdrawAsync(db, post, id, ct);
}
