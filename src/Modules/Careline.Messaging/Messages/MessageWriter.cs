using System.Threading.Channels;
using Careline.Messaging.Live;
using Careline.Messaging.Participants;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Careline.Messaging.Messages;

/// <summary>
/// Stores messages: all that came meanwhile, from whichever chats, in one round trip and one commit, so that a busy host pays a disk's wait once and not for each. Each
/// sender learns the outcome of their own message, after the commit. A message is numbered while its chat's row is held, which whoever writes takes in the order
/// of ids; so numbers have no gap, and nobody waits in a circle.
/// </summary>
internal sealed partial class MessageWriter(NpgsqlDataSource database, Rooms rooms, ILogger<MessageWriter> log) : BackgroundService
{
    private const int MostAtOnce = 256;
    private const int MostWaiting = 4096;

    private const string Lock = "SELECT id FROM messaging.chats WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE";

    // A statement of its own: it must see what was committed while the first waited. Each look is made for one row, by its index, whatever the plan was made for.
    private static readonly string _write =
        $$"""
        WITH sent AS MATERIALIZED (
            SELECT s.*, c.last_seq, c.revision, c.closed_at IS NULL AS is_open,
                {{Participant.IsPresentSql("s.chat_id", "c.patient_id", "s.sender_id", "s.sent_at")}} AS is_member,
                s.reply_to IS NULL OR EXISTS (SELECT FROM messaging.messages r WHERE r.id = s.reply_to AND r.chat_id = s.chat_id) AS is_reply_known,
                k.id AS known_id, k.seq AS known_seq, k.sent_at AS known_at
            FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::bytea[], $6::text[], $7::uuid[], $8::uuid[], $9::timestamptz[])
                WITH ORDINALITY AS s (id, chat_id, sender_id, client_id, body, words, reply_to, attachment_id, sent_at, position)
            LEFT JOIN LATERAL (SELECT last_seq, revision, closed_at, patient_id FROM messaging.chats WHERE id = s.chat_id LIMIT 1) c ON true
            LEFT JOIN LATERAL (
                SELECT m.id, m.seq, m.sent_at FROM messaging.messages m
                WHERE m.chat_id = s.chat_id AND m.sender_id = s.sender_id AND m.client_id = s.client_id LIMIT 1) k ON true
        ), fresh AS MATERIALIZED (
            SELECT s.*, s.last_seq + row_number() OVER (PARTITION BY s.chat_id ORDER BY s.position) AS seq
            FROM sent s WHERE s.is_open AND s.is_member AND s.is_reply_known AND s.known_id IS NULL
        ), added AS (
            INSERT INTO messaging.messages (chat_id, seq, id, sender_id, client_id, body, words, reply_to, attachment_id, sent_at)
            SELECT chat_id, seq, id, sender_id, client_id, body, words::integer[], reply_to, attachment_id, sent_at FROM fresh
        ), moved AS (
            UPDATE messaging.chats c SET last_seq = f.seq, last_message_at = f.sent_at
            FROM (SELECT chat_id, max(seq) AS seq, max(sent_at) AS sent_at FROM fresh GROUP BY chat_id) f WHERE c.id = f.chat_id
        )
        SELECT s.position, f.seq, s.revision, s.is_member, s.is_open, s.known_id, s.known_seq, s.known_at
        FROM sent s LEFT JOIN fresh f ON f.position = s.position
        """;

    private readonly Channel<MessageDraft> _drafts = Channel.CreateBounded<MessageDraft>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    /// <summary>Stores a message, and answers once it is certain.</summary>
    /// <exception cref="Refusal">It is not taken; or nobody can tell at present, and it may be sent again.</exception>
    public async Task<WrittenMessage> WriteAsync(MessageDraft draft, CancellationToken ct)
    {
        if (!_drafts.Writer.TryWrite(draft))
        {
            throw new Unavailable();
        }

        return await draft.Outcome.Task.WaitAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var group = new List<MessageDraft>(MostAtOnce);
        var taken = new HashSet<(Guid, Guid, Guid)>();
        MessageDraft? next = null;
        try
        {
            while (next is not null || await _drafts.Reader.WaitToReadAsync(stoppingToken))
            {
                // The same message twice at once: its second copy finds the first only in the commit after it.
                while (group.Count < MostAtOnce && (next is not null || _drafts.Reader.TryRead(out next)) && taken.Add((next!.ChatId, next.SenderId, next.ClientId)))
                {
                    group.Add(next);
                    next = null;
                }

                await WriteAsync(group);
                group.Clear();
                taken.Clear();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }

        while (_drafts.Reader.TryRead(out var left))
        {
            left.Outcome.TrySetException(new Unavailable());
        }
    }

    // One that breaks must hold up no other: then each goes alone.
    private async Task WriteAsync(List<MessageDraft> group)
    {
        try
        {
            await CommitAsync(group);
        }
        catch (PostgresException broken) when (group.Count > 1 && broken.SqlState is ['2', '2' or '3', ..])
        {
            foreach (var draft in group.Where(d => !d.Outcome.Task.IsCompleted))
            {
                await WriteAsync([draft]);
            }
        }
        catch (Exception error)
        {
            // Whether it was stored is not known; sent again under its client id it is stored once.
            LogFailed(log, group.Count, error.GetType().Name);
            foreach (var draft in group)
            {
                draft.Outcome.TrySetException(new Unavailable());
            }
        }
    }

    private async Task CommitAsync(List<MessageDraft> group)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Lock)
        {
            Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = [.. group.Select(d => d.ChatId).Distinct()] } },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(_write)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid[]> { TypedValue = [.. group.Select(d => d.Id)] },
                new NpgsqlParameter<Guid[]> { TypedValue = [.. group.Select(d => d.ChatId)] },
                new NpgsqlParameter<Guid[]> { TypedValue = [.. group.Select(d => d.SenderId)] },
                new NpgsqlParameter<Guid[]> { TypedValue = [.. group.Select(d => d.ClientId)] },
                new NpgsqlParameter<byte[][]> { TypedValue = [.. group.Select(d => d.Body)] },
                new NpgsqlParameter<string[]> { TypedValue = [.. group.Select(d => $"{{{string.Join(',', d.Words.Select(w => w.ToString(CultureInfo.InvariantCulture)))}}}")] },
                new NpgsqlParameter<Guid?[]> { TypedValue = [.. group.Select(d => d.ReplyTo)] },
                new NpgsqlParameter<Guid?[]> { TypedValue = [.. group.Select(d => d.AttachmentId)] },
                new NpgsqlParameter<DateTimeOffset[]> { TypedValue = [.. group.Select(d => d.At)] },
            },
        });
        var outcomes = new List<(MessageDraft Draft, Answer Answer)>(group.Count);

        // Both are one transaction, which is committed when the batch has ended.
        await using (var rows = await batch.ExecuteReaderAsync())
        {
            await rows.NextResultAsync();
            while (await rows.ReadAsync())
            {
                outcomes.Add((group[(int)rows.GetInt64(0) - 1], Answer.Of(rows)));
            }

            while (await rows.NextResultAsync())
            {
            }
        }

        Tell(outcomes);
    }

    private void Tell(List<(MessageDraft Draft, Answer Answer)> outcomes)
    {
        foreach (var chat in outcomes.Where(o => o.Answer.Seq is not null).GroupBy(o => o.Draft.ChatId))
        {
            rooms.Stored(chat.Key, chat.First().Answer.Revision!.Value, [.. chat.OrderBy(o => o.Answer.Seq).Select(o => Stored(o.Draft, o.Answer.Seq!.Value))]);
        }

        foreach (var (draft, answer) in outcomes)
        {
            if (answer.Seq is { } seq)
            {
                draft.Outcome.TrySetResult(new WrittenMessage(draft.Id, seq, draft.At, false));
            }
            else if (answer.Known is { } known && answer.IsMember)
            {
                draft.Outcome.TrySetResult(known);
            }
            else
            {
                draft.Outcome.TrySetException(!answer.IsMember ? MessageRefusals.NotMember() : !answer.IsOpen ? MessageRefusals.Closed() : MessageRefusals.UnknownReply());
            }
        }
    }

    private static StoredMessage Stored(MessageDraft draft, long seq) => new()
    {
        Id = draft.Id,
        ChatId = draft.ChatId,
        Seq = seq,
        SenderId = draft.SenderId,
        Content = draft.Content,
        ReplyTo = draft.ReplyTo,
        AttachmentId = draft.AttachmentId,
        At = draft.At,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} messages were not stored: {ErrorType}")]
    private static partial void LogFailed(ILogger logger, int count, string errorType);

    private readonly record struct Answer(long? Seq, long? Revision, bool IsMember, bool IsOpen, WrittenMessage? Known)
    {
        public static Answer Of(NpgsqlDataReader row) => new(
            row.IsDBNull(1) ? null : row.GetInt64(1),
            row.IsDBNull(2) ? null : row.GetInt64(2),
            row.GetBoolean(3),
            row.GetBoolean(4),
            row.IsDBNull(5) ? null : new WrittenMessage(row.GetGuid(5), row.GetInt64(6), row.GetFieldValue<DateTimeOffset>(7), true));
    }
}
