using System.Text.Json;
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
    private static readonly TimeSpan _late = TimeSpan.FromMilliseconds(500);

    /// <summary>Delivers all that is due now.</summary>
    public Task<int> DrainAsync(CancellationToken ct) => DrainAsync(new Place(), ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var place = new Place();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await DrainAsync(place, stoppingToken);
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

    private async Task<int> DrainAsync(Place place, CancellationToken ct)
    {
        var handled = 0;

        // Under a load that never ends it is never done, and who came late waits all the same.
        while (await DeliverAsync(null, place.Back(_poll), ct) is > 0 and var some)
        {
            handled += some;
        }

        return handled;
    }

    /// <summary>Delivers the oldest one that is due, with others that its handler takes together with it; or only the one that is named.</summary>
    private async Task<int> DeliverAsync(Guid? only, Place place, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (now, since) = (clock.GetUtcNow(), place.Since);
        var deliveries = await db.Set<OutboxDelivery>().FromSql(
            $"""
            SELECT * FROM platform.outbox WHERE dead_at IS NULL AND due_at >= {since} AND due_at <= {now} AND ({only}::uuid IS NULL OR id = {only})
            ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        if (deliveries.Count == 0)
        {
            return 0;
        }

        place.Since = only is null ? deliveries[0].DueAt - _late : since;
        var (id, handler, tries) = (deliveries[0].Id, deliveries[0].Handler, deliveries[0].Tries);
        try
        {
            var subscription = events.Find(handler) ?? throw new InvalidOperationException("No such handler in this release.");
            if (subscription.Most > 1 && only is null && tries == 0)
            {
                deliveries.AddRange(await db.Set<OutboxDelivery>().FromSql(
                    $"""
                    SELECT * FROM platform.outbox WHERE dead_at IS NULL AND due_at >= {since} AND due_at <= {now} AND handler = {handler} AND tries = 0 AND id <> {id}
                    ORDER BY due_at, id LIMIT {subscription.Most - 1} FOR UPDATE SKIP LOCKED
                    """).ToListAsync(ct));
            }

            var ids = deliveries.Select(d => d.Id).ToArray();
            await db.Database.ExecuteSqlAsync($"DELETE FROM platform.outbox WHERE id = ANY ({ids})", ct);
            await subscription.Invoke(
                scope.ServiceProvider, [.. deliveries.Select(d => JsonSerializer.Deserialize(d.Payload, subscription.Event, EventRegistry.Json)!)], ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            await transaction.RollbackAsync(ct);
            if (deliveries.Count == 1)
            {
                LogFailed(log, id, handler, tries + 1, error.GetType().Name);
                await SetAsideAsync(id, tries, error.GetType().Name, now, ct);
            }

            // One of several spoilt it for all: each by itself. What another dispatcher has taken meanwhile is its own.
            foreach (var delivery in deliveries.Count > 1 ? deliveries : [])
            {
                await DeliverAsync(delivery.Id, new Place(), ct);
            }
        }

        return deliveries.Count;
    }

    // Between the rollback and this another dispatcher may have tried it too: together that is one try.
    private async Task SetAsideAsync(Guid id, int tries, string failure, DateTimeOffset now, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        var delivery = await db.Set<OutboxDelivery>().AsTracking().FirstOrDefaultAsync(d => d.Id == id && d.Tries == tries, ct);
        delivery?.Failed(failure, now);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>
    /// From when on is looked for what is due. What was delivered lies dead at the beginning of the index until it is vacuumed, and looking through all of that
    /// for each batch costs more than the batch. Some commit later than others who took their time after them: so it goes back to the beginning now and then.
    /// </summary>
    private sealed class Place
    {
        private long _wentBackAt = TimeProvider.System.GetTimestamp();

        public DateTimeOffset Since { get; set; } = DateTimeOffset.UnixEpoch;

        public Place Back(TimeSpan every)
        {
            if (TimeProvider.System.GetElapsedTime(_wentBackAt) >= every)
            {
                (_wentBackAt, Since) = (TimeProvider.System.GetTimestamp(), DateTimeOffset.UnixEpoch);
            }

            return this;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Outbox paused: {ErrorType}")]
    private static partial void LogPaused(ILogger logger, string errorType);

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {DeliveryId} to {Handler} failed (try {Tries}): {ErrorType}")]
    private static partial void LogFailed(ILogger logger, Guid deliveryId, string handler, int tries, string errorType);
}
