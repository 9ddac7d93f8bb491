using Careline.Platform.Events;

namespace Careline.Vitals.Alerts;

/// <summary>Takes the first step at once. Should another host be taking it, or somebody be answering the alert, there is nothing left to do.</summary>
internal sealed class OnClinicalAlertRaised(CarelineDb db, AlertLadder ladder) : IHandle<ClinicalAlertRaised>
{
    public async Task HandleAsync(ClinicalAlertRaised happened, CancellationToken ct)
    {
        var (id, now) = (happened.AlertId, db.Now);
        var due = await db.Set<ClinicalAlert>()
            .FromSql($"SELECT * FROM vitals.alerts WHERE id = {id} AND next_step_at <= {now} FOR UPDATE SKIP LOCKED").AsTracking().ToListAsync(ct);
        await ladder.ClimbAsync(due, ct);
    }
}
