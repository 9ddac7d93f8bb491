using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Careline.Analytics.Exports;

/// <summary>Wakes this host's worker as soon as something is to be made.</summary>
internal sealed class ExportBell : IDisposable
{
    private readonly SemaphoreSlim _bell = new(0, 1);

    public void Ring()
    {
        try
        {
            _bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already ringing: the worker will see this one too.
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => _bell.WaitAsync(atMost, ct);

    public void Dispose() => _bell.Dispose();
}

/// <summary>
/// Makes the files that wait, one at a time on each host. One is taken under a claim that holds for some minutes and is renewed while rows are written; what a host that
/// died had begun is begun again by another.
/// </summary>
internal sealed partial class ExportWorker(IServiceScopeFactory scopes, ExportBell bell, ILogger<ExportWorker> log) : BackgroundService
{
    /// <summary>For how long a claim holds that is not renewed: longer than a statement may take before its first row.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromMinutes(10);

    private const int MostTries = 3;
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(5);

    /// <summary>Takes the next one that is due, and makes it; false where none is.</summary>
    public async Task<bool> WorkAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        var (now, until, claim) = (db.Now, db.Now + Hold, db.NewId());
        var taken = await db.Database.SqlQuery<Guid>(
            $"""
            UPDATE analytics.exports SET status = 'running', claim = {claim}, due_at = {until}, tries = tries + 1, rows_done = 0, version = version + 1
            WHERE id = (SELECT id FROM analytics.exports WHERE due_at <= {now} ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id AS "Value"
            """).ToListAsync(ct);
        if (taken is not [var id])
        {
            return false;
        }

        var export = await db.Set<Export>().FirstAsync(e => e.Id == id, ct);
        var work = scope.ServiceProvider.GetRequiredService<ExportWork>();
        try
        {
            await (export.Tries > MostTries ? work.FailAsync(export, "gave_up", ct) : work.DoAsync(export, ct));
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            LogFailed(log, id, export.Tries, error.GetType().Name);
            await work.LaterAsync(export, ct);
        }
        catch (Exception)
        {
            // This host is going: others need not wait until its claim is over.
            await work.LaterAsync(export, CancellationToken.None);
            throw;
        }

        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await WorkAsync(stoppingToken))
                {
                }
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                LogPaused(log, error.GetType().Name);
            }
            catch (Exception)
            {
                return;
            }

            await bell.WaitAsync(_pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Export {ExportId} was not made (try {Tries}): {ErrorType}")]
    private static partial void LogFailed(ILogger logger, Guid exportId, int tries, string errorType);

    [LoggerMessage(Level = LogLevel.Error, Message = "Work on exports paused: {ErrorType}")]
    private static partial void LogPaused(ILogger logger, string errorType);
}
