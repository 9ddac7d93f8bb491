using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Careline.Sockets.Contracts;

/// <summary>
/// Tells the other hosts what moved: a topic, a key and a number or word, never content. It has connections of its own and is no part of any transaction, since
/// commits that notify wait for one another. What is told of the same key meanwhile replaces what was to be told, so a burst costs one word. Words may be
/// lost with the line: <see cref="Missed"/> says so, and whoever counts on them looks for itself from time to time.
/// </summary>
public sealed partial class HostLine(DatabaseAddress address, ILogger<HostLine> log) : BackgroundService
{
    private const string Channel = "careline_hosts";

    // PostgreSQL takes less than 8,000 bytes.
    private const int MostBytes = 7_800;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, Action<HostWord>> _subscribers = new();
    private readonly SemaphoreSlim _bell = new(0, 1);
    private readonly Lock _lock = new();
    private Dictionary<(string Topic, string Key), string> _untold = [];

    /// <summary>Raised when words of other hosts may have been missed.</summary>
    public event Action? Missed;

    /// <summary>This host, as others know it.</summary>
    public string HostId { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    /// <summary>Calls <paramref name="heard"/> with each word of another host on a topic.</summary>
    public void Subscribe(string topic, Action<HostWord> heard) => _subscribers.AddOrUpdate(topic, heard, (_, others) => others + heard);

    /// <summary>Tells the other hosts, in a moment. Topic, key and value hold no space and no line break.</summary>
    public void Tell(string topic, string key, string value)
    {
        lock (_lock)
        {
            _untold[(topic, key)] = value;
        }

        try
        {
            _bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already ringing.
        }
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _bell.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var builder = new NpgsqlConnectionStringBuilder(address.ConnectionString) { Pooling = false, KeepAlive = 5, ApplicationName = "careline hosts" };

        // A word that is lost in a crash is looked up; waiting for the disk would hold up every other word.
        builder.Options = (builder.Options is { Length: > 0 } given ? given + " " : "") + "-c synchronous_commit=off -c lock_timeout=10s";
        await using var source = PlainSource.Create(builder.ConnectionString);
        await Task.WhenAll(AgainAndAgainAsync(ct => ListenAsync(source, ct), stoppingToken), AgainAndAgainAsync(ct => TellAsync(source, ct), stoppingToken));
    }

    private async Task AgainAndAgainAsync(Func<CancellationToken, Task> act, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await act(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                LogLost(log, error.GetType().Name);
            }

            await Task.Delay(_pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        connection.Notification += (_, notification) => Hear(notification.Payload);
        await using (var listen = new NpgsqlCommand("LISTEN careline_hosts", connection))
        {
            await listen.ExecuteNonQueryAsync(ct);
        }

        Missed?.Invoke();
        while (true)
        {
            await connection.WaitAsync(ct);
        }
    }

    private async Task TellAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var notify = new NpgsqlCommand("SELECT pg_notify($1, word) FROM unnest($2) AS words (word)", connection);
        var words = new NpgsqlParameter<string[]> { TypedValue = [] };
        notify.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Channel });
        notify.Parameters.Add(words);
        while (true)
        {
            Dictionary<(string Topic, string Key), string> untold;
            lock (_lock)
            {
                (untold, _untold) = (_untold, []);
            }

            if (untold.Count == 0)
            {
                await _bell.WaitAsync(ct);
                continue;
            }

            words.TypedValue = [.. Payloads(untold)];
            try
            {
                await notify.ExecuteNonQueryAsync(ct);
            }
            catch
            {
                Keep(untold);
                throw;
            }
        }
    }

    // What was said since is newer.
    private void Keep(Dictionary<(string Topic, string Key), string> untold)
    {
        lock (_lock)
        {
            foreach (var (word, value) in untold)
            {
                _untold.TryAdd(word, value);
            }
        }
    }

    private IEnumerable<string> Payloads(Dictionary<(string Topic, string Key), string> untold)
    {
        var payload = new System.Text.StringBuilder(HostId);
        foreach (var ((topic, key), value) in untold)
        {
            var word = $"\n{topic} {key} {value}";
            if (payload.Length + word.Length > MostBytes)
            {
                yield return payload.ToString();
                payload.Clear().Append(HostId);
            }

            payload.Append(word);
        }

        yield return payload.ToString();
    }

    private void Hear(string payload)
    {
        var lines = payload.Split('\n');
        if (lines[0] == HostId)
        {
            return;
        }

        foreach (var line in lines.Skip(1))
        {
            if (line.Split(' ') is [var topic, var key, var value] && _subscribers.TryGetValue(topic, out var heard))
            {
                try
                {
                    heard(new HostWord(lines[0], key, value));
                }
                catch (Exception error)
                {
                    // Of another release, which says it otherwise; the line and the other words stay.
                    LogNotUnderstood(log, topic, error.GetType().Name);
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A word of another host on {Topic} was not understood: {ErrorType}")]
    private static partial void LogNotUnderstood(ILogger logger, string topic, string errorType);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Line between hosts lost: {ErrorType}")]
    private static partial void LogLost(ILogger logger, string errorType);
}

/// <summary>What another host told.</summary>
/// <param name="HostId">Which one.</param>
/// <param name="Key">Of what.</param>
/// <param name="Value">What.</param>
public readonly record struct HostWord(string HostId, string Key, string Value);
