using Careline.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
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

/// <summary>Runs the recurring jobs. A host takes a run by moving the job's row on; the others then find it not due.</summary>
internal sealed partial class JobClock(
    IEnumerable<IRecurringJob> jobs, IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobClock> log) : BackgroundService
{
    private static readonly TimeSpan _tick = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var job in jobs)
            {
                try
                {
                    await RunIfDueAsync(job, stoppingToken);
                }
                catch (Exception error) when (!stoppingToken.IsCancellationRequested)
                {
                    LogFailed(log, job.Name, error.GetType().Name);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }

            await Task.Delay(_tick, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunIfDueAsync(IRecurringJob job, CancellationToken ct)
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
        if (taken == 1)
        {
            await job.RunAsync(scope.ServiceProvider, ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} failed: {ErrorType}")]
    private static partial void LogFailed(ILogger logger, string job, string errorType);
}
