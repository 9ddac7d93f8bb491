using Careline.Accounts.Contracts;
using Careline.Analytics.Reports;
using Careline.Files.Contracts;
using Careline.Notifications.Contracts;
using Microsoft.Extensions.Options;

namespace Careline.Analytics.Exports;

/// <summary>Makes one file, with the rights that whoever asked has now.</summary>
internal sealed class ExportWork(
    CarelineDb db, IAccountActors actors, ExportSource source, IFiles files, INotifier notifier, IOptions<AnalyticsOptions> options)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(1);

    public async Task DoAsync(Export export, CancellationToken ct)
    {
        var progress = new ExportProgress(db, export);
        try
        {
            var actor = await actors.FindAsync(export.AccountId, ct);
            if (actor is null || await FigureScope.FindAsync(db, actor, ct) is not { } scope)
            {
                await FailAsync(export, "not_allowed", ct);
                return;
            }

            var format = ExportFormats.Of(export.Format);
            var days = source.DaysOf(export);
            var name = $"{export.Dataset}-{days.First:yyyy-MM-dd}-{days.Last:yyyy-MM-dd}{format.Ending}";
            var made = new MadeFile(name, format.MediaType, new FileOwner(export.AccountId));
            var kept = await files.MakeAsync(made, (stream, stop) => source.WriteAsync(export, days, scope, stream, progress, stop), ct);
            await FinishAsync(export, kept, progress, ct);
        }
        catch (ExportGivenUp)
        {
            // Called off, or another host's by now: what was written is swept, since nobody attached it.
        }
        catch (Refusal refusal)
        {
            await FailAsync(export, refusal.Code.ToLowerInvariant(), ct);
        }
    }

    public async Task FailAsync(Export export, string failure, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var failed = await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE analytics.exports SET status = 'failed', failure = {failure}, due_at = NULL, claim = NULL, finished_at = {db.Now}, version = version + 1
            WHERE id = {export.Id} AND claim = {export.Claim} AND status = 'running'
            """,
            ct);
        await TellAsync(export, failed == 1, "analytics.export_failed", NoticeSeverity.Important, ct);
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>Something outside failed: it is taken again after a while.</summary>
    public Task LaterAsync(Export export, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        UPDATE analytics.exports SET status = 'queued', claim = NULL, due_at = {db.Now + _pause}, version = version + 1
        WHERE id = {export.Id} AND claim = {export.Claim} AND status = 'running'
        """,
        ct);

    private async Task FinishAsync(Export export, KeptFile kept, ExportProgress progress, CancellationToken ct)
    {
        var (now, patients) = (db.Now, progress.Patients.ToArray());
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var finished = await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE analytics.exports
            SET status = 'ready', file_id = {kept.Id}, file_name = {kept.FileName}, size = {kept.Size}, rows_done = {progress.Rows}, rows_total = {progress.Rows},
                is_truncated = {progress.IsTruncated}, patient_ids = {patients}, finished_at = {now}, expires_at = {now.AddHours(options.Value.ExportHours)}, due_at = NULL,
                claim = NULL, version = version + 1
            WHERE id = {export.Id} AND claim = {export.Claim} AND status = 'running'
            """,
            ct);
        if (finished == 1)
        {
            await files.AttachAsync(kept.Id, ct);
        }

        await TellAsync(export, finished == 1, "analytics.export_ready", NoticeSeverity.Info, ct);
        await transaction.CommitAsync(CancellationToken.None);
    }

    // The data stay here: what is mailed is where they can be had, by whoever signs in.
    private async Task TellAsync(Export export, bool isSo, string phrase, NoticeSeverity severity, CancellationToken ct)
    {
        if (!isSo || !export.IsScheduled)
        {
            return;
        }

        var notice = new Notice(NoticeCategory.System, severity, phrase)
        {
            Values = [("address", $"{options.Value.Address?.TrimEnd('/')}/api/analytics/exports/{export.Id}/file/"), ("hours", $"{options.Value.ExportHours}")],
            About = ("export", export.Id),
        };
        await notifier.TellAsync(notice, [new Recipient(export.AccountId)], ct);
        await db.SaveChangesAsync(ct);
    }
}
