using Careline.Vitals.Alerts;
using Careline.Vitals.Observations;

namespace Careline.Vitals.Targets;

/// <summary>
/// Calls whoever has to know that a patient's reading left its target. While the alert is open or acknowledged, further readings call nobody; once a reading lies
/// within again, an acknowledged one is over, and the next that leaves calls anew. One that nobody has taken stays.
/// </summary>
internal sealed class TargetWatch(ClinicalAlerts alerts)
{
    /// <summary>Looks at what was measured of one patient just now, in the caller's transaction.</summary>
    public async Task LookAsync(IReadOnlyList<VitalSet> sets, IReadOnlyList<VitalTarget> targets, TargetCaller called, CancellationToken ct)
    {
        foreach (var target in targets.Where(t => t.RaisesAlert))
        {
            var readings = sets.SelectMany(s => s.Observations).Where(o => o.Measure == target.Measure).ToList();
            var origin = new AlertOrigin(AlertSource.VitalTarget, target.Id);
            if (readings.Any(r => r.Flag is not null))
            {
                var notice = new ClinicalAlertNotice(origin, AlertTitle.ReadingOutsideTarget, AlertSeverity.Urgent, target.PatientId);
                await alerts.RaiseAsync(notice with { ResponsibleAccountId = called.ResponsibleAccountId ?? target.SetBy, ClinicId = called.ClinicId }, ct);
            }
            else if (readings.Count > 0)
            {
                await alerts.ResolveAsync(origin, evenUnheard: false, ct);
            }
        }
    }
}

/// <summary>Whom a reading outside its target calls: the visit's doctor and clinic, where it was taken in a visit; else who set the target.</summary>
internal sealed record TargetCaller(Guid? ResponsibleAccountId, Guid? ClinicId);
