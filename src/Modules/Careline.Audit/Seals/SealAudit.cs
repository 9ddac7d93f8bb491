using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Careline.Audit.Seals;

/// <summary>
/// Seals what was added, each second, on one host at a time. Positions are given here: transactions commit in another order than they took their
/// times, so an event may be found after younger ones, and is sealed then.
/// </summary>
internal sealed partial class SealAudit(
    NpgsqlDataSource database, KeyRing ring, AnchorFile anchors, TimeProvider clock, ILogger<SealAudit> log) : BackgroundService
{
    /// <summary>How far back a sweep looks.</summary>
    public static readonly TimeSpan VeryLate = TimeSpan.FromHours(1);

    private const int MostAtOnce = 2000;
    private const long SealLock = 0x43_4C_53_45_41_4C;

    private static readonly TimeSpan _tick = TimeSpan.FromSeconds(1);

    // An event's time is taken just before its commit. What waited for a lock is found when one looks back further, which is done the more
    // seldom the further; what was written while a clock was wrong is found last.
    private static readonly (int Ticks, TimeSpan Late)[] _sweeps = [(600, VeryLate), (30, TimeSpan.FromMinutes(1)), (1, TimeSpan.FromSeconds(1))];

    private SealChain? _chain;

    /// <summary>Seals everything that waits and lies at most <paramref name="late"/> before the newest sealed event.</summary>
    public async Task SealAsync(TimeSpan late, CancellationToken ct)
    {
        while (await SealSomeAsync(late, ct) == MostAtOnce)
        {
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failed = false;
        for (var tick = 0; !stoppingToken.IsCancellationRequested; tick++)
        {
            try
            {
                await SealAsync(_sweeps.First(sweep => tick % sweep.Ticks == 0).Late, stoppingToken);
                if (anchors.IsDue(clock.GetUtcNow()))
                {
                    await AnchorAsync(stoppingToken);
                }

                failed = false;
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                if (!failed)
                {
                    LogFailed(log, error.GetType().Name);
                }

                failed = true;
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(_tick, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<int> SealSomeAsync(TimeSpan late, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (!await TakeTurnAsync(connection, ct))
        {
            return 0;
        }

        var end = await ChainEnd.ReadAsync(connection, ct);
        var events = await ChainEnd.WaitingAsync(connection, end.NewestAt - late, ct);
        var hashes = new byte[events.Count][];
        var positions = new long[events.Count];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = (_chain ??= SealChain.Of(ring)).Next(i == 0 ? end.Hash : hashes[i - 1], events[i]);
            positions[i] = end.Position + i + 1;
        }

        if (hashes.Length > 0)
        {
            await using var insert = new NpgsqlCommand(
                "INSERT INTO audit.seals (position, event_id, hash) SELECT * FROM unnest($1, $2, $3)", connection);
            insert.Parameters.Add(new NpgsqlParameter { Value = positions });
            insert.Parameters.Add(new NpgsqlParameter { Value = events.ConvertAll(e => e.Id) });
            insert.Parameters.Add(new NpgsqlParameter { Value = hashes, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
            await insert.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return hashes.Length;
    }

    // What is asked within a turn is a handful of rows by their keys. A planner that takes the tables for as small as they were when it last
    // counted would read both of them whole instead, each second.
    private static async Task<bool> TakeTurnAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock($1), set_config('enable_seqscan', 'off', true)", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = SealLock });
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task AnchorAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var end = await ChainEnd.ReadAsync(connection, ct);
        if (end.Position > 0)
        {
            anchors.Append(new Anchor(clock.GetUtcNow(), end.Position, end.Hash));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit could not be sealed: {ErrorType}. It is tried again each second")]
    private static partial void LogFailed(ILogger logger, string errorType);
}
