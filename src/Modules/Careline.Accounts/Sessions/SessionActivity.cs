using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Careline.Accounts.Sessions;

/// <summary>
/// When sessions were last used, written for the other hosts in one statement every few seconds: a request itself writes nothing. A host that
/// dies forgets those seconds, no more.
/// </summary>
internal sealed partial class SessionActivity(NpgsqlDataSource database, ILogger<SessionActivity> log) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _unsaved = new();

    public void Note(Guid sessionId, DateTimeOffset at) => _unsaved[sessionId] = at;

    /// <summary>What was noted and is not written yet.</summary>
    public DateTimeOffset? UnsavedOf(Guid sessionId) => _unsaved.TryGetValue(sessionId, out var at) ? at : null;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await SaveAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(_pause, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested)
            {
                await SaveAsync(stoppingToken);
            }
        }
    }

    private async Task SaveAsync(CancellationToken ct)
    {
        var seen = _unsaved.ToArray();
        if (seen.Length == 0)
        {
            return;
        }

        try
        {
            await using var command = database.CreateCommand(
                """
                UPDATE accounts.sessions s SET last_seen_at = seen.at FROM unnest($1, $2) AS seen (id, at)
                WHERE s.id = seen.id AND s.last_seen_at < seen.at
                """);
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. seen.Select(s => s.Key)] });
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset[]> { TypedValue = [.. seen.Select(s => s.Value)] });
            await command.ExecuteNonQueryAsync(ct);

            // What was used again meanwhile stays for the next time.
            foreach (var pair in seen)
            {
                _unsaved.TryRemove(pair);
            }
        }
        catch (Exception error) when (error is NpgsqlException or OperationCanceledException or InvalidOperationException)
        {
            LogFailed(log, seen.Length, error.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The last use of {Count} sessions was not written: {ErrorType}")]
    private static partial void LogFailed(ILogger logger, int count, string errorType);
}
