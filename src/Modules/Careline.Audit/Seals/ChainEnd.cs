using Careline.Audit.Events;
using Npgsql;

namespace Careline.Audit.Seals;

/// <summary>Where the chain ends at this moment.</summary>
/// <param name="Position">The last position, 0 before the first.</param>
/// <param name="Hash">The last hash.</param>
/// <param name="NewestAt">The time of the last sealed event.</param>
internal sealed record ChainEnd(long Position, byte[] Hash, DateTimeOffset NewestAt)
{
    private static readonly DateTimeOffset _beforeAll = DateTimeOffset.UnixEpoch;

    public static async Task<ChainEnd> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT s.position, s.hash, (
                SELECT known.at FROM (
                    SELECT last.position, (SELECT e.at FROM audit.events e WHERE e.id = last.event_id) AS at
                    FROM (SELECT position, event_id FROM audit.seals ORDER BY position DESC LIMIT 20) last) known
                WHERE known.at IS NOT NULL ORDER BY known.position DESC LIMIT 1)
            FROM audit.seals s ORDER BY s.position DESC LIMIT 1
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new ChainEnd(
                reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.IsDBNull(2) ? _beforeAll : reader.GetFieldValue<DateTimeOffset>(2))
            : new ChainEnd(0, SealChain.Start, _beforeAll);
    }

    /// <summary>
    /// The oldest events from a time on that have no seal yet. The seal is asked for by a subquery of its own, which the planner cannot turn into
    /// a join that reads all seals.
    /// </summary>
    public static async Task<List<AuditEvent>> WaitingAsync(NpgsqlConnection connection, DateTimeOffset from, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT e.id, e.at, e.actor_id, e.roles, e.session_id, e.address_hash, e.action, e.resource, e.resource_id, e.patient_ids, e.purpose, e.outcome,
                e.fields, e.request_id
            FROM audit.events e WHERE e.at >= $1 AND (SELECT s.position FROM audit.seals s WHERE s.event_id = e.id) IS NULL ORDER BY e.at, e.id LIMIT 2000
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = from });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var events = new List<AuditEvent>();
        while (await reader.ReadAsync(ct))
        {
            events.Add(SealedRow.EventOf(reader, 0));
        }

        return events;
    }
}
