using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Careline.Platform.Signals;

/// <summary>
/// Tells every host that something changed, over PostgreSQL's LISTEN/NOTIFY: a topic and a key, never content. Signals may be lost with the
/// connection, so whoever caches by them asks <see cref="IsUp"/> and forgets everything on <see cref="Lost"/>.
/// </summary>
public sealed partial class SignalLine(DatabaseAddress address, ILogger<SignalLine> log) : BackgroundService
{
    private const string Channel = "careline";

    private readonly ConcurrentDictionary<string, Action<string>> _subscribers = new();

    private volatile bool _up;

    /// <summary>Raised when signals may have been missed.</summary>
    public event Action? Lost;

    /// <summary>Whether signals of other hosts arrive at present.</summary>
    public bool IsUp => _up;

    /// <summary>Calls <paramref name="heard"/> with the key of every signal on a topic, from any host.</summary>
    public void Subscribe(string topic, Action<string> heard) =>
        _subscribers.AddOrUpdate(topic, heard, (_, others) => others + heard);

    /// <summary>Sends a signal when the context's transaction commits. For rare things only: commits that notify wait for one another.</summary>
    public static Task SendAsync(CarelineDb db, string topic, string key, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {topic + ":" + key})", ct);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                LogLost(log, error.GetType().Name);
            }

            _up = false;
            Lost?.Invoke();
            await Task.Delay(500, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        var builder = new NpgsqlConnectionStringBuilder(address.ConnectionString) { Pooling = false, KeepAlive = 5, ApplicationName = "careline signals" };
        await using var source = PlainSource.Create(builder.ConnectionString);
        await using var connection = await source.OpenConnectionAsync(ct);
        connection.Notification += (_, notification) => Hear(notification.Payload);
        await using (var listen = new NpgsqlCommand("LISTEN careline", connection))
        {
            await listen.ExecuteNonQueryAsync(ct);
        }

        // What was cached before the line stood may already be out of date.
        Lost?.Invoke();
        _up = true;
        while (true)
        {
            await connection.WaitAsync(ct);
        }
    }

    private void Hear(string payload)
    {
        var colon = payload.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && _subscribers.TryGetValue(payload[..colon], out var heard))
        {
            heard(payload[(colon + 1)..]);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Signal line lost: {ErrorType}")]
    private static partial void LogLost(ILogger logger, string errorType);
}
