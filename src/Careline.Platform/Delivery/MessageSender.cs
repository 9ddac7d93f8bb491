using System.Text.Json;
using Careline.Platform.Security;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Careline.Platform.Delivery;

/// <summary>
/// Hands posted messages to the transports, each channel by itself, so that a mail server that hangs holds up no SMS. A message is claimed by a
/// lease, sent outside of any transaction, and then recorded: whoever dies in between leaves it to the next, who sends it under the same id.
/// </summary>
internal sealed partial class MessageSender(
    IServiceScopeFactory scopes, Transports transports, TimeProvider clock, FieldCipher cipher, ILogger<MessageSender> log) : BackgroundService
{
    // One after another, each with all of its patience, they must be through before the lease ends, or another host would send them too.
    private const int MostAtOnce = 5;

    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    private readonly Dictionary<Channel, SemaphoreSlim> _bells = Enum.GetValues<Channel>().ToDictionary(c => c, _ => new SemaphoreSlim(0, 1));

    /// <summary>Something was posted: no need to wait for the next round.</summary>
    public void Wake(Channel channel)
    {
        var bell = _bells[channel];
        if (bell.CurrentCount == 0)
        {
            try
            {
                bell.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else rang at the same moment.
            }
        }
    }

    /// <summary>Sends everything of a channel that is due now.</summary>
    public async Task DrainAsync(Channel channel, CancellationToken ct)
    {
        while (await ClaimAsync(channel, ct) is { Count: > 0 } claimed)
        {
            foreach (var id in claimed)
            {
                await SendAsync(id, ct);
            }
        }
    }

    public override void Dispose()
    {
        foreach (var bell in _bells.Values)
        {
            bell.Dispose();
        }

        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_bells.Keys.Select(channel => ServeAsync(channel, stoppingToken)));

    private async Task ServeAsync(Channel channel, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await DrainAsync(channel, ct);
                await _bells[channel].WaitAsync(_poll, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // The database may be away for a while; messages wait for it.
                LogPaused(log, error.GetType().Name);
                await Task.Delay(_poll, TimeProvider.System, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<List<Guid>> ClaimAsync(Channel channel, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        var now = clock.GetUtcNow();
        var name = EnumText<Channel>.Of(channel);
        return await db.Database.SqlQuery<Guid>(
            $"""
            UPDATE platform.messages SET tries = tries + 1, due_at = {now + _lease} WHERE id IN (
                SELECT id FROM platform.messages WHERE channel = {name} AND status = 'queued' AND due_at <= {now}
                ORDER BY due_at LIMIT {MostAtOnce} FOR UPDATE SKIP LOCKED)
            RETURNING id AS "Value"
            """).ToListAsync(ct);
    }

    private async Task SendAsync(Guid id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        var message = await db.Set<Message>().AsTracking().SingleAsync(m => m.Id == id, ct);
        if (message.Status != MessageStatus.Queued)
        {
            // Withdrawn since it was claimed.
            return;
        }

        var transport = transports.Of(message.Channel);
        try
        {
            if (message.ExpiresAt <= clock.GetUtcNow())
            {
                message.TooLate();
            }
            else if (transport is null)
            {
                message.NotDelivered("NOT_CONFIGURED", clock.GetUtcNow(), isFinal: false);
            }
            else
            {
                var outgoing = JsonSerializer.Deserialize<OutgoingMessage>(cipher.Open(message.Content!, Postbox.PlaceOf(id)))!;
                await transport.SendAsync(outgoing, ct).WaitAsync(_patience, TimeProvider.System, ct);
                message.Delivered(transport.Name, clock.GetUtcNow());
            }
        }
        catch (NotDeliverable never)
        {
            message.NotDelivered(never.Code, clock.GetUtcNow(), isFinal: true);
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            message.NotDelivered(error.GetType().Name, clock.GetUtcNow(), isFinal: false);
        }

        if (message.Failure is { } failure)
        {
            LogFailed(log, id, message.Channel, message.Tries, failure);
        }

        await db.SaveChangesAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sending paused: {ErrorType}")]
    private static partial void LogPaused(ILogger logger, string errorType);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} by {Channel} was not delivered (try {Tries}): {ErrorType}")]
    private static partial void LogFailed(ILogger logger, Guid messageId, Channel channel, int tries, string errorType);
}
