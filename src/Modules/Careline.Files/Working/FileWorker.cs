using Careline.Files.Scanning;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Careline.Files.Working;

/// <summary>
/// Does what a file needs after it came, one at a time on each host: first the scanner looks at it, then pictures get their smaller copies. A file is taken by
/// moving its next time on, so that one whose worker died is taken again.
/// </summary>
internal sealed partial class FileWorker(IServiceScopeFactory scopes, WorkBell bell, ScannerSettings scanner, ILogger<FileWorker> log) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _lease = TimeSpan.FromMinutes(15);

    /// <summary>Takes the next file that is due; false where none is.</summary>
    public async Task<bool> WorkAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        var (now, until) = (db.Now, db.Now + _lease);
        var taken = await db.Database.SqlQuery<Guid>(
            $"""
            UPDATE files.files SET work_due_at = {until}, work_tries = work_tries + 1
            WHERE id = (
                SELECT id FROM files.files WHERE work_due_at <= {now} AND destroyed_at IS NULL ORDER BY work_due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id AS "Value"
            """).ToListAsync(ct);
        if (taken is not [var id])
        {
            return false;
        }

        await scope.ServiceProvider.GetRequiredService<FileWork>().DoAsync(id, ct);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isFirst = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (isFirst && scanner.IsOn)
                {
                    await ScanEarlierAsync(stoppingToken);
                }

                isFirst = false;
                while (await WorkAsync(stoppingToken))
                {
                }
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, error.GetType().Name);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await bell.WaitAsync(_pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // What came before there was a scanner is not served from now on until it was looked at.
    private async Task ScanEarlierAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE files.files SET work_due_at = {db.Now}
            WHERE scan_status IN ('not_scanned', 'pending', 'failed') AND work_due_at IS NULL AND destroyed_at IS NULL
            """,
            ct);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Work on files paused: {ErrorType}")]
    private static partial void LogFailed(ILogger logger, string errorType);
}
