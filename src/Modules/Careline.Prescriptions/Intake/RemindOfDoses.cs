using Careline.Notifications.Contracts;
using Careline.Patients.Contracts;
using Careline.Platform.Jobs;
using Careline.Prescriptions.Prescriptions;

namespace Careline.Prescriptions.Intake;

/// <summary>
/// Reminds of doses that are due, once for all that fall on one time, and names none of them. What should have been told hours ago is not told any more, and what nobody
/// answers is missed. Doses are claimed, told and settled in one transaction.
/// </summary>
internal sealed class RemindOfDoses : IRecurringJob
{
    private const int Most = 200;
    private static readonly TimeSpan _tooLate = TimeSpan.FromHours(2);
    private static readonly TimeSpan _missed = TimeSpan.FromHours(12);

    public string Name => "prescriptions.remind-of-doses";

    public TimeSpan Every => TimeSpan.FromSeconds(15);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var (db, news) = (scope.GetRequiredService<CarelineDb>(), scope.GetRequiredService<IPatientNews>());
        int taken;
        do
        {
            db.Forget();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            taken = await TellAsync(db, news, ct);
            await transaction.CommitAsync(ct);
        }
        while (taken == Most);

        var before = db.Now - _missed;
        await db.Database.ExecuteSqlAsync($"UPDATE prescriptions.doses SET status = 'missed', version = version + 1 WHERE status = 'told' AND due_at < {before}", ct);
    }

    private static async Task<int> TellAsync(CarelineDb db, IPatientNews news, CancellationToken ct)
    {
        var now = db.Now;
        var due = await db.Set<Dose>().FromSql(
            $"SELECT * FROM prescriptions.doses WHERE status = 'planned' AND due_at <= {now} ORDER BY due_at, id LIMIT {Most} FOR UPDATE SKIP LOCKED").AsTracking().ToListAsync(ct);
        if (due.Count == 0)
        {
            return 0;
        }

        var (lines, patients) = (due.Select(d => d.LineId).Distinct().ToArray(), due.Select(d => d.PatientId).Distinct().ToArray());
        var stillTaken = (await db.Set<PrescriptionLine>().Where(l => lines.Contains(l.Id) && l.Status == LineStatus.Active).Select(l => l.Id).ToListAsync(ct)).ToHashSet();
        var wanted = (await db.Set<ReminderSettings>().Where(s => patients.Contains(s.PatientId) && s.IsOn).Select(s => s.PatientId).ToListAsync(ct)).ToHashSet();
        db.RemoveRange(due.Where(d => !stillTaken.Contains(d.LineId)));
        foreach (var atOneTime in due.Where(d => stillTaken.Contains(d.LineId)).GroupBy(d => (d.PatientId, d.DueAt)))
        {
            if (atOneTime.Key.DueAt < now - _tooLate || !wanted.Contains(atOneTime.Key.PatientId))
            {
                atOneTime.ToList().ForEach(dose => dose.Miss());
                continue;
            }

            var notice = new Notice(NoticeCategory.Prescription, NoticeSeverity.Info, "prescriptions.dose_due") { UsefulUntil = atOneTime.Key.DueAt + _tooLate };
            await news.TellAsync(atOneTime.Key.PatientId, notice, p => p.CanRead, ct);
            atOneTime.ToList().ForEach(dose => dose.Tell(now));
        }

        await db.SaveChangesAsync(ct);
        return due.Count;
    }
}
