using Careline.Audit.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Vitals.Alerts;

/// <summary>Shows alerts, each as much of it as the reader may know.</summary>
internal sealed class AlertReader(CarelineDb db, IActorNames names, AuditTrail trail)
{
    /// <summary>One page, in the order of the query.</summary>
    public async Task<Page<AlertResponse>> PageAsync(IQueryable<ClinicalAlert> alerts, ListQuery query, Actor actor, CancellationToken ct)
    {
        var page = await query.PageAsync(alerts, ct);
        return new Page<AlertResponse>(await ShowAsync(page.Rows, actor, ct), page.Total, page.Number, page.Size);
    }

    /// <summary>One of them.</summary>
    public async Task<AlertResponse> OneAsync(ClinicalAlert alert, Actor actor, CancellationToken ct) => (await ShowAsync([alert], actor, ct))[0];

    /// <summary>One with what was done about it.</summary>
    public async Task<AlertResponse> StoryAsync(ClinicalAlert alert, Actor actor, CancellationToken ct)
    {
        var shown = await OneAsync(alert, actor, ct);
        var acts = shown.Patient is null ? [] : await db.Set<AlertAct>().Where(a => a.AlertId == alert.Id).OrderBy(a => a.At).ThenBy(a => a.Id).ToListAsync(ct);
        var calls = await db.Set<AlertCall>().Where(c => c.AlertId == alert.Id).OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Take(100).ToListAsync(ct);
        var people = await NamesAsync([.. acts.Select(a => a.ActorId), .. acts.Select(a => a.ToId), .. calls.Select(c => (Guid?)c.AccountId)], ct);
        return shown with
        {
            Acts = [.. acts.Select(a => new AlertActResponse(
                a.Action, EnumText<AlertAction>.Display(a.Action), a.At, AlertPerson.Of(a.ActorId, people), AlertPerson.Of(a.ToId, people), a.Note))],
            Calls = [.. calls.Select(c => new AlertCallResponse(c.Step, AlertPerson.Of(c.AccountId, people)!, c.Channel, c.At))],
        };
    }

    private async Task<IReadOnlyList<AlertResponse>> ShowAsync(IReadOnlyList<ClinicalAlert> alerts, Actor actor, CancellationToken ct)
    {
        var ids = alerts.Select(a => a.Id).ToList();
        var patients = await (
            from a in ClinicalAlert.ReadBy(db, actor)
            join p in db.Set<PatientRow>() on a.PatientId equals p.Id
            where ids.Contains(a.Id)
            select new { a.Id, Patient = p }).ToDictionaryAsync(a => a.Id, a => a.Patient, ct);
        var people = await NamesAsync([.. alerts.Select(a => a.ResponsibleId), .. alerts.Select(a => a.AcknowledgedBy)], ct);
        trail.Concerns(patients.Values.Select(p => p.Id));
        return [.. alerts.Select(a => AlertResponse.From(a, patients.GetValueOrDefault(a.Id), people))];
    }

    private Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IEnumerable<Guid?> accounts, CancellationToken ct) => names.OfAsync([.. accounts.OfType<Guid>().Distinct()], ct);
}
