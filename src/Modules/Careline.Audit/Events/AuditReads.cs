using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Careline.Audit.Events;

/// <summary>
/// Commits the rows of reads in groups: while one group is being written the next one gathers, so that a hundred reads at once cost one
/// durable commit. An answer waits for its row; a read that cannot be recorded is not answered.
/// </summary>
internal sealed partial class AuditReads(NpgsqlDataSource database, ILogger<AuditReads> log) : BackgroundService
{
    private const int MostPerGroup = 500;

    // Where many read at once, a group that waits for its neighbours saves more than it costs; a lone reader waits for nobody.
    private static readonly TimeSpan _gathering = TimeSpan.FromMilliseconds(2);

    private readonly Channel<Entry> _entries = Channel.CreateBounded<Entry>(10_000);

    /// <summary>Returns once the row is durable.</summary>
    /// <exception cref="Unavailable">It could not be written.</exception>
    public async ValueTask CommitAsync(AuditEvent row)
    {
        var entry = new Entry(row, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_entries.Writer.TryWrite(entry))
        {
            throw new Unavailable();
        }

        await entry.Written.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var group = new List<Entry>(MostPerGroup);
        var written = 0;
        try
        {
            while (await _entries.Reader.WaitToReadAsync(stoppingToken))
            {
                if (written > 1)
                {
                    await Task.Delay(_gathering, TimeProvider.System, stoppingToken);
                }

                while (group.Count < MostPerGroup && _entries.Reader.TryRead(out var entry))
                {
                    group.Add(entry);
                }

                await WriteAsync(group);
                written = group.Count;
                group.Clear();
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: requests were drained before background work is.
        }
    }

    private async Task WriteAsync(List<Entry> group)
    {
        try
        {
            await using var command = database.CreateCommand(
                """
                INSERT INTO audit.events (id, at, actor_id, roles, session_id, address_hash, action, resource, resource_id, patient_ids, purpose, outcome, fields, request_id)
                SELECT r.id, r.at, r.actor_id, r.roles::text[], r.session_id, r.address_hash, r.action, r.resource, r.resource_id, r.patient_ids::uuid[], r.purpose, r.outcome, r.fields::text[], r.request_id
                FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                    AS r (id, at, actor_id, roles, session_id, address_hash, action, resource, resource_id, patient_ids, purpose, outcome, fields, request_id)
                """);
            Add(command, NpgsqlDbType.Uuid, group, e => e.Id);
            Add(command, NpgsqlDbType.TimestampTz, group, e => e.At);
            Add(command, NpgsqlDbType.Uuid, group, e => e.ActorId);
            Add(command, NpgsqlDbType.Text, group, e => "{" + string.Join(',', e.Roles) + "}");
            Add(command, NpgsqlDbType.Uuid, group, e => e.SessionId);
            Add(command, NpgsqlDbType.Bytea, group, e => e.AddressHash);
            Add(command, NpgsqlDbType.Text, group, e => e.Action);
            Add(command, NpgsqlDbType.Text, group, e => e.Resource);
            Add(command, NpgsqlDbType.Uuid, group, e => e.ResourceId);
            Add(command, NpgsqlDbType.Text, group, e => "{" + string.Join(',', e.PatientIds) + "}");
            Add(command, NpgsqlDbType.Text, group, e => e.Purpose);
            Add(command, NpgsqlDbType.Text, group, e => e.Outcome);
            Add(command, NpgsqlDbType.Text, group, e => "{" + string.Join(',', e.Fields.Select(Quoted)) + "}");
            Add(command, NpgsqlDbType.Text, group, e => e.RequestId);
            await command.ExecuteNonQueryAsync();
            group.ForEach(entry => entry.Written.TrySetResult());
        }
        catch (Exception error)
        {
            LogFailed(log, group.Count, error.GetType().Name);
            group.ForEach(entry => entry.Written.TrySetException(new Unavailable()));
        }
    }

    private static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    private static void Add<T>(NpgsqlCommand command, NpgsqlDbType type, List<Entry> group, Func<AuditEvent, T> read)
    {
        var values = new T[group.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = read(group[i].Row);
        }

        command.Parameters.Add(new NpgsqlParameter { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} audit rows could not be written: {ErrorType}")]
    private static partial void LogFailed(ILogger logger, int count, string errorType);

    private sealed record Entry(AuditEvent Row, TaskCompletionSource Written);
}
