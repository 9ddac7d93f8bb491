using Careline.Messaging.Participants;
using Npgsql;

namespace Careline.Messaging.Messages;

/// <summary>Reads what follows in chats: the one way by which rooms and lines catch up.</summary>
internal sealed class MessagePages(NpgsqlDataSource database, MessageText text, TimeProvider clock)
{
    /// <summary>The most messages of a chat that one reading brings.</summary>
    public const int Most = 100;

    /// <summary>The next messages of each chat after a number, in order, with the chat's revision at that moment.</summary>
    public Task<List<(long Revision, StoredMessage Message)>> ReadAsync(IReadOnlyList<(Guid ChatId, long After)> places, CancellationToken ct) => ReadAsync(
        """
        SELECT c.revision, m.chat_id, m.seq, m.id, m.sender_id, m.body, m.reply_to, m.attachment_id, m.sent_at, m.edited_at, m.deleted_at
        FROM unnest($1::uuid[], $2::bigint[]) AS w (chat_id, after)
        JOIN LATERAL (SELECT revision FROM messaging.chats WHERE id = w.chat_id LIMIT 1) c ON true
        JOIN LATERAL (SELECT * FROM messaging.messages WHERE chat_id = w.chat_id AND seq > w.after ORDER BY seq LIMIT 100) m ON true
        """,
        [new NpgsqlParameter<Guid[]> { TypedValue = [.. places.Select(p => p.ChatId)] }, new NpgsqlParameter<long[]> { TypedValue = [.. places.Select(p => p.After)] }],
        ct);

    /// <summary>The next messages of one chat, as long as somebody takes part in it.</summary>
    public Task<List<(long Revision, StoredMessage Message)>> ReadForAsync(Guid accountId, Guid chatId, long after, CancellationToken ct) => ReadAsync(
        $$"""
        SELECT c.revision, m.chat_id, m.seq, m.id, m.sender_id, m.body, m.reply_to, m.attachment_id, m.sent_at, m.edited_at, m.deleted_at
        FROM messaging.messages m JOIN messaging.chats c ON c.id = m.chat_id
        WHERE m.chat_id = $1 AND m.seq > $2 AND {{Participant.IsPresentSql("$1", "c.patient_id", "$3", "$4")}}
        ORDER BY m.seq LIMIT 100
        """,
        [
            new NpgsqlParameter<Guid> { TypedValue = chatId },
            new NpgsqlParameter<long> { TypedValue = after },
            new NpgsqlParameter<Guid> { TypedValue = accountId },
            new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() },
        ],
        ct);

    private async Task<List<(long Revision, StoredMessage Message)>> ReadAsync(string sql, NpgsqlParameter[] parameters, CancellationToken ct)
    {
#pragma warning disable CA2100 // The two statements above.
        await using var command = database.CreateCommand(sql);
#pragma warning restore CA2100
        command.Parameters.AddRange(parameters);
        var messages = new List<(long, StoredMessage)>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var id = row.GetGuid(3);
            messages.Add((row.GetInt64(0), new StoredMessage
            {
                Id = id,
                ChatId = row.GetGuid(1),
                Seq = row.GetInt64(2),
                SenderId = row.GetGuid(4),
                Content = text.Open(id, row.IsDBNull(5) ? null : row.GetFieldValue<byte[]>(5)),
                ReplyTo = row.IsDBNull(6) ? null : row.GetGuid(6),
                AttachmentId = row.IsDBNull(7) ? null : row.GetGuid(7),
                At = row.GetFieldValue<DateTimeOffset>(8),
                EditedAt = row.IsDBNull(9) ? null : row.GetFieldValue<DateTimeOffset>(9),
                DeletedAt = row.IsDBNull(10) ? null : row.GetFieldValue<DateTimeOffset>(10),
            }));
        }

        return messages;
    }
}
