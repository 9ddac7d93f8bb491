using Careline.Audit.Events;
using Npgsql;

namespace Careline.Audit.Seals;

/// <summary>A seal and the event it names, if that is still there.</summary>
internal sealed record SealedRow(long Position, Guid EventId, byte[] Hash, AuditEvent? Event)
{
    private const int EventColumns = 3;

    /// <summary>The next seals after a position, in order.</summary>
    public static async Task<List<SealedRow>> AfterAsync(NpgsqlConnection connection, long position, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT s.position, s.event_id, s.hash,
                e.id, e.at, e.actor_id, e.roles, e.session_id, e.address_hash, e.action, e.resource, e.resource_id, e.patient_ids, e.purpose, e.outcome,
                e.fields, e.request_id
            FROM audit.seals s LEFT JOIN audit.events e ON e.id = s.event_id WHERE s.position > $1 ORDER BY s.position LIMIT 5000
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = position });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<SealedRow>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new SealedRow(
                reader.GetInt64(0), reader.GetGuid(1), reader.GetFieldValue<byte[]>(2), reader.IsDBNull(EventColumns) ? null : EventOf(reader, EventColumns)));
        }

        return rows;
    }

    /// <summary>Reads an event whose columns begin at a place, in the order of the table.</summary>
    public static AuditEvent EventOf(NpgsqlDataReader reader, int first)
    {
        return new AuditEvent
        {
            Id = reader.GetGuid(first),
            At = reader.GetFieldValue<DateTimeOffset>(first + 1),
            ActorId = Id(first + 2),
            Roles = reader.GetFieldValue<string[]>(first + 3),
            SessionId = Id(first + 4),
            AddressHash = reader.IsDBNull(first + 5) ? null : reader.GetFieldValue<byte[]>(first + 5),
            Action = reader.GetString(first + 6),
            Resource = reader.IsDBNull(first + 7) ? null : reader.GetString(first + 7),
            ResourceId = Id(first + 8),
            PatientIds = reader.GetFieldValue<Guid[]>(first + 9),
            Purpose = reader.GetString(first + 10),
            Outcome = reader.GetString(first + 11),
            Fields = reader.GetFieldValue<string[]>(first + 12),
            RequestId = reader.GetString(first + 13),
        };

        Guid? Id(int column) => reader.IsDBNull(column) ? null : reader.GetGuid(column);
    }
}
