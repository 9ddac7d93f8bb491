using Careline.Accounts.Contracts;
using Careline.Analytics.Exports;
using Careline.Platform.Jobs;

namespace Careline.Analytics.Reports;

/// <summary>
/// Orders the files of reports that are due. Order and next time are one transaction, so that each time is ordered once however many hosts there are, and the reader's
/// rights are those of the moment.
/// </summary>
internal sealed class SendScheduledReports : IRecurringJob
{
    public string Name => "analytics.send-scheduled-reports";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var scopes = scope.GetRequiredService<IServiceScopeFactory>();
        while (true)
        {
            await using var own = scopes.CreateAsyncScope();
            if (!await OnceAsync(own.ServiceProvider, ct))
            {
                return;
            }
        }
    }

    private static async Task<bool> OnceAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        var now = db.Now;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var schedule = await db.Set<ReportSchedule>()
            .FromSql($"SELECT * FROM analytics.report_schedules WHERE next_at <= {now} ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED").AsTracking().FirstOrDefaultAsync(ct);
        if (schedule is null)
        {
            return false;
        }

        var actor = await scope.GetRequiredService<IAccountActors>().FindAsync(schedule.AccountId, ct);
        var report = actor is null || await FigureScope.FindAsync(db, actor, ct) is null
            ? null : await SavedReport.VisibleTo(db, actor).FirstOrDefaultAsync(r => r.Id == schedule.ReportId, ct);
        if (report is null)
        {
            db.Remove(schedule);
        }
        else
        {
            schedule.Sent(now);
            db.Add(Export.OfReport(db.NewId(), schedule.AccountId, report.Question, report.Id, schedule.Format, isScheduled: true, now));
        }

        await db.SaveChangesAsync(ct);
        db.AfterCommit(scope.GetRequiredService<ExportBell>().Ring);
        await transaction.CommitAsync(ct);
        return true;
    }
}
