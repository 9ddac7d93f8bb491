using System.Text.Json;
using Careline.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Careline.Platform.Events;

/// <summary>
/// Delivers outbox rows. Each is claimed with SKIP LOCKED, handled and removed in one transaction, so that any number of hosts may dispatch
/// and a crash in the middle leaves the row for the next.
/// </summary>
internal sealed partial class OutboxDispatcher(
    IServiceScopeFactory scopes, EventRegistry events, TimeProvider clock, ILogger<OutboxDispatcher> log) : BackgroundService
{
    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(2);

    /// <summary>Delivers all that is due now.</summary>
    public async Task<int> DrainAsync(CancellationToken ct)
    {
        var handled = 0;
        while (await DeliverOneAsync(ct))
        {
            handled++;
        }

        return handled;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await DrainAsync(stoppingToken);
                await events.WaitAsync(_poll, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception error)
            {
                // The database may be away for a while; deliveries wait for it.
                LogPaused(log, error.GetType().Name);
                await Task.Delay(_poll, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<bool> DeliverOneAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = clock.GetUtcNow();
        var delivery = await db.Set<OutboxDelivery>().FromSql(
            $"""
            SELECT * FROM platform.outbox WHERE dead_at IS NULL AND due_at <= {now}
            ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
            """).AsTracking().FirstOrDefaultAsync(ct);
        if (delivery is null)
        {
            return false;
        }

        try
        {
            var subscription = events.Find(delivery.Handler)
                ?? throw new InvalidOperationException("No such handler in this release.");
            var happened = JsonSerializer.Deserialize(delivery.Payload, subscription.Event, EventRegistry.Json)!;
            db.Remove(delivery);
            await subscription.Invoke(scope.ServiceProvider, happened, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            LogFailed(log, delivery.Id, delivery.Handler, delivery.Tries + 1, error.GetType().Name);
            await transaction.RollbackAsync(ct);
            await SetAsideAsync(delivery.Id, delivery.Tries, now, ct);
        }

        return true;
    }

    // Between the rollback and this another dispatcher may have tried it too: together that is one try.
    private async Task SetAsideAsync(Guid id, int tries, DateTimeOffset now, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        var delivery = await db.Set<OutboxDelivery>().AsTracking().FirstOrDefaultAsync(d => d.Id == id && d.Tries == tries, ct);
        delivery?.Failed(now);
        await db.SaveChangesAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Outbox paused: {ErrorType}")]
    private static partial void LogPaused(ILogger logger, string errorType);

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {DeliveryId} to {Handler} failed (try {Tries}): {ErrorType}")]
    private static partial void LogFailed(ILogger logger, Guid deliveryId, string handler, int tries, string errorType);
}
