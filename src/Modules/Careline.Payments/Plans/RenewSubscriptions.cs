using Careline.Platform.Jobs;
using Microsoft.Extensions.Logging;

namespace Careline.Payments.Plans;

/// <summary>Opens periods, asks for them again and gives up, each subscription under its lock: a second host finds nothing left to do.</summary>
internal sealed partial class RenewSubscriptions(ILogger<RenewSubscriptions> log) : IRecurringJob
{
    private const int MostPerRun = 500;

    public string Name => "payments.renew-subscriptions";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        var now = db.Now;
        var due = await db.Set<Subscription>().Where(s => s.NextAt <= now).OrderBy(s => s.NextAt).Select(s => s.Id).Take(MostPerRun).ToListAsync(ct);
        foreach (var id in due)
        {
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync(ct);
                await scope.GetRequiredService<SubscriptionDesk>().ActAsync(id, ct);
                await db.SaveChangesAsync(ct);
                await transaction.CommitAsync(ct);
            }
            catch (Exception error) when (!ct.IsCancellationRequested)
            {
                LogFailed(log, id, error.GetType().Name);
            }

            db.Forget();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Subscription {SubscriptionId} could not be renewed and is tried again: {ErrorType}")]
    private static partial void LogFailed(ILogger logger, Guid subscriptionId, string errorType);
}
