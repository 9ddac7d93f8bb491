using Careline.Platform.Delivery;

namespace Careline.Vitals.Alerts;

internal sealed class ClinicalAlerts(CarelineDb db, Postbox post) : IClinicalAlerts
{
    public async Task<bool> RaiseAsync(ClinicalAlertNotice notice, CancellationToken ct)
    {
        RequireTransaction();
        var (id, now) = (db.NewId(), db.Now);
        var (source, title, severity) = (EnumText<AlertSource>.Of(notice.Origin.Source), EnumText<AlertTitle>.Of(notice.Title), EnumText<AlertSeverity>.Of(notice.Severity));

        // Of two who raise it at once the second waits for the first, and then finds it.
        var raised = await db.Database.SqlQuery<Guid>(
            $"""
            INSERT INTO vitals.alerts AS a (id, patient_id, source, source_id, title, severity, status, responsible_id, clinic_id, round, next_step, next_step_at, raised_at, version)
            VALUES ({id}, {notice.PatientId}, {source}, {notice.Origin.Id}, {title}, {severity}, 'open', {notice.ResponsibleAccountId}, {notice.ClinicId}, 1, 'responsible', {now}, {now}, 1)
            ON CONFLICT (source, source_id, title) WHERE status <> 'resolved' DO UPDATE SET severity = CASE WHEN excluded.severity = 'critical' THEN 'critical' ELSE a.severity END, status = 'open', round = a.round + 1, step = NULL,
                next_step = 'responsible', next_step_at = excluded.next_step_at, acknowledged_by = NULL, acknowledged_at = NULL, version = a.version + 1
            WHERE (a.severity = 'urgent' AND excluded.severity = 'critical') OR ({notice.IsChanged} AND a.next_step IS NULL)
            RETURNING a.id AS "Value"
            """).ToListAsync(ct);
        if (raised.Count == 0)
        {
            return false;
        }

        if (raised[0] != id)
        {
            db.Append(AlertAct.Of(raised[0], AlertAction.Worsened, db.Clock));
        }

        db.Publish(new ClinicalAlertRaised(raised[0]));
        return true;
    }

    public Task ResolveAsync(AlertOrigin origin, CancellationToken ct) => ResolveAsync(origin, evenUnheard: true, ct);

    /// <summary>The same, leaving open what nobody has taken where it is only true no more, and not turned out false.</summary>
    public async Task ResolveAsync(AlertOrigin origin, bool evenUnheard, CancellationToken ct)
    {
        RequireTransaction();
        var (source, sourceId) = (EnumText<AlertSource>.Of(origin.Source), origin.Id);
        var alerts = await db.Set<ClinicalAlert>().FromSql(
            $"SELECT * FROM vitals.alerts WHERE source = {source} AND source_id = {sourceId} AND status <> 'resolved' FOR UPDATE").AsTracking().ToListAsync(ct);
        foreach (var alert in alerts.Where(a => evenUnheard || a.Status == AlertStatus.Acknowledged))
        {
            db.Append(alert.Resolve(db.Clock));
            await AlertCall.WithdrawAsync(db, post, alert.Id, ct);
        }
    }

    private void RequireTransaction()
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("An alert is raised within the transaction of what it speaks of.");
        }
    }
}
