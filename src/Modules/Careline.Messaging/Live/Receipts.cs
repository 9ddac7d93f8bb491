using Careline.Sockets.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Careline.Messaging.Live;

/// <summary>
/// How far people have come: what reached them and what they read. Noted in memory and stored together a few times a second: of a hundred messages that somebody scrolls
/// past, the last is what counts. What is lost with a host is noted again by whoever reads on.
/// </summary>
internal sealed partial class Receipts(NpgsqlDataSource database, HostLine hosts, IServiceProvider services, ILogger<Receipts> log) : BackgroundService
{
    private const string Topic = "receipt";

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private Dictionary<(Guid ChatId, Guid AccountId), (long Delivered, long Read)> _noted = [];
    private TaskCompletionSource _bell = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Notes how far somebody has come; 0 says nothing.</summary>
    public void Note(Guid chatId, Guid accountId, long delivered, long read)
    {
        lock (_lock)
        {
            var former = _noted.GetValueOrDefault((chatId, accountId));
            _noted[(chatId, accountId)] = (Math.Max(former.Delivered, delivered), Math.Max(former.Read, read));
            _bell.TrySetResult();
        }
    }

    /// <summary>Tells everybody what was stored.</summary>
    public void Tell(Guid chatId, Guid accountId, long delivered, long read)
    {
        services.GetRequiredService<Rooms>().Find(chatId)?.Receipt(accountId, delivered, read);
        hosts.Tell(Topic, $"{chatId:N}/{accountId:N}", string.Create(CultureInfo.InvariantCulture, $"{delivered}:{read}"));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        hosts.Subscribe(Topic, Hear);
        while (!stoppingToken.IsCancellationRequested)
        {
            await _bell.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(_pause, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Dictionary<(Guid ChatId, Guid AccountId), (long Delivered, long Read)> noted;
            lock (_lock)
            {
                (noted, _noted) = (_noted, []);
                _bell = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            await StoreAsync(noted);
        }
    }

    private void Hear(HostWord word)
    {
        var (key, value) = (word.Key.Split('/'), word.Value.Split(':'));
        services.GetRequiredService<Rooms>().Find(Guid.ParseExact(key[0], "N"))?.Receipt(
            Guid.ParseExact(key[1], "N"), long.Parse(value[0], CultureInfo.InvariantCulture), long.Parse(value[1], CultureInfo.InvariantCulture));
    }

    private async Task StoreAsync(Dictionary<(Guid ChatId, Guid AccountId), (long Delivered, long Read)> noted)
    {
        if (noted.Count == 0)
        {
            return;
        }

        // In one order at every host: two that store the same rows must not wait for each other.
        var rows = noted.OrderBy(n => n.Key.ChatId).ThenBy(n => n.Key.AccountId).ToList();
        try
        {
            await using var command = database.CreateCommand(
                """
                WITH noted AS MATERIALIZED (
                    SELECT n.* FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[]) AS n (chat_id, account_id, delivered, read)
                    JOIN LATERAL (
                        SELECT FROM messaging.participants p WHERE p.chat_id = n.chat_id AND p.account_id = n.account_id AND p.left_at IS NULL
                            AND (p.delivered_seq < n.delivered OR p.read_seq < n.read) FOR NO KEY UPDATE) p ON true
                )
                UPDATE messaging.participants p SET read_seq = greatest(p.read_seq, n.read), delivered_seq = greatest(p.delivered_seq, n.delivered, n.read)
                FROM noted n WHERE p.chat_id = n.chat_id AND p.account_id = n.account_id
                RETURNING p.chat_id, p.account_id, p.delivered_seq, p.read_seq
                """);
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. rows.Select(r => r.Key.ChatId)] });
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. rows.Select(r => r.Key.AccountId)] });
            command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. rows.Select(r => r.Value.Delivered)] });
            command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. rows.Select(r => r.Value.Read)] });
            await using var stored = await command.ExecuteReaderAsync();
            while (await stored.ReadAsync())
            {
                Tell(stored.GetGuid(0), stored.GetGuid(1), stored.GetInt64(2), stored.GetInt64(3));
            }
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException or InvalidOperationException)
        {
            LogFailed(log, rows.Count, error.GetType().Name);
            foreach (var ((chatId, accountId), (delivered, read)) in noted)
            {
                Note(chatId, accountId, delivered, read);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} receipts were not stored: {ErrorType}")]
    private static partial void LogFailed(ILogger logger, int count, string errorType);
}
