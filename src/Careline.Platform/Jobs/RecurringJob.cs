using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Careline.Platform.Jobs;

/// <summary>Something done again and again, on one host at a time.</summary>
public interface IRecurringJob
{
    /// <summary>Stable: it names the lease.</summary>
    string Name { get; }

    /// <summary>The pause between two runs, by the application's clock.</summary>
    TimeSpan Every { get; }

    /// <summary>Does what is due; running twice does no harm.</summary>
    Task RunAsync(IServiceProvider scope, CancellationToken ct);
}

/// <summary>
/// Runs the recurring jobs. A host takes a run by moving the job's row on; the others then find it not due. A job that takes long, since it asks somebody
/// outside, holds up no other.
/// </summary>
internal sealed partial class JobClock(
    IEnumerable<IRecurringJob> jobs, IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobClock> log) : BackgroundService
{
    private static readonly TimeSpan _tick = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new Dictionary<IRecurringJob, Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var job in jobs)
            {
                if (!running.TryGetValue(job, out var run) || run.IsCompleted)
                {
                    running[job] = await BeginIfDueAsync(job, stoppingToken);
                }
            }

            await Task.Delay(_tick, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(running.Values);
    }

    /// <summary>Takes the run of a job that is due, and answers what ends with it.</summary>
    private async Task<Task> BeginIfDueAsync(IRecurringJob job, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
            var now = clock.GetUtcNow();
            var taken = await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO platform.jobs (name, next_at) VALUES ({job.Name}, {now + job.Every})
                ON CONFLICT (name) DO UPDATE SET next_at = excluded.next_at WHERE jobs.next_at <= {now}
                """,
                ct);
            return taken == 1 ? RunAsync(job, ct) : Task.CompletedTask;
        }
        catch (Exception error)
        {
            Failed(job, error, ct);
            return Task.CompletedTask;
        }
    }

    private async Task RunAsync(IRecurringJob job, CancellationToken ct)
    {
        var (began, watch) = (clock.GetUtcNow(), TimeProvider.System.GetTimestamp());
        string? failure = null;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await job.RunAsync(scope.ServiceProvider, ct);
        }
        catch (Exception error)
        {
            failure = error.GetType().Name;
            Failed(job, error, ct);
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await JobBook.WriteAsync(scope.ServiceProvider.GetRequiredService<CarelineDb>(), job.Name, began, TimeProvider.System.GetElapsedTime(watch), failure, ct);
        }
        catch (Exception error)
        {
            Failed(job, error, ct);
        }
    }

    private void Failed(IRecurringJob job, Exception error, CancellationToken ct)
    {
        if (!ct.IsCancellationRequested)
        {
            LogFailed(log, job.Name, error.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} failed: {ErrorType}")]
    private static partial void LogFailed(ILogger logger, string job, string errorType);
}
