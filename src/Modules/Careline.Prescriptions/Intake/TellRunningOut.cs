using Careline.Notifications.Contracts;
using Careline.Platform.Jobs;
using Careline.Prescriptions.Notices;
using Careline.Prescriptions.Prescriptions;
using Microsoft.Extensions.Options;

namespace Careline.Prescriptions.Intake;

/// <summary>Tells patients, once, that a medicine which they take for long runs out soon.</summary>
internal sealed class TellRunningOut(IOptions<PrescriptionsOptions> options) : IRecurringJob
{
    private const int Most = 100;

    public string Name => "prescriptions.tell-running-out";

    public TimeSpan Every => TimeSpan.FromMinutes(15);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        if (options.Value.RunningOutDays == 0)
        {
            return;
        }

        var (db, news) = (scope.GetRequiredService<CarelineDb>(), scope.GetRequiredService<PrescriptionNews>());
        int told;
        do
        {
            db.Forget();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            told = await TellAsync(db, news, ct);
            await transaction.CommitAsync(ct);
        }
        while (told == Most);
    }

    private async Task<int> TellAsync(CarelineDb db, PrescriptionNews news, CancellationToken ct)
    {
        var (now, soon) = (db.Now, db.Now.AddDays(options.Value.RunningOutDays));
        var due = await db.Set<PrescriptionLine>().FromSql(
            $"""
            SELECT * FROM prescriptions.prescription_lines WHERE runs_out_at <= {soon} AND running_out_told_at IS NULL AND status = 'active'
            ORDER BY runs_out_at LIMIT {Most} FOR UPDATE SKIP LOCKED
            """).AsTracking().ToListAsync(ct);
        var ids = due.Select(l => l.PrescriptionId).ToArray();
        var running = (await db.Set<Prescription>()
            .Where(p => ids.Contains(p.Id) && (p.Status == PrescriptionStatus.Active || p.Status == PrescriptionStatus.Completed)).Select(p => p.Id).ToListAsync(ct)).ToHashSet();
        foreach (var sheet in due.GroupBy(l => l.PrescriptionId))
        {
            // What ran out while nobody looked, as after a long standstill, is no news.
            if (running.Contains(sheet.Key) && sheet.Any(l => l.RunsOutAt > now))
            {
                await news.TellPatientAsync(sheet.Key, NoticeSeverity.Important, "prescriptions.running_out", ct);
            }

            sheet.ToList().ForEach(line => line.KnowsRunningOut(now));
        }

        await db.SaveChangesAsync(ct);
        return due.Count;
    }
}
