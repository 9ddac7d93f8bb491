using Careline.Audit.Contracts;
using Careline.Records.Contracts;

namespace Careline.Messaging.Messages;

/// <summary>A message as it lies in the database, opened.</summary>
internal sealed record StoredMessage
{
    public required Guid Id { get; init; }

    public required Guid ChatId { get; init; }

    public required long Seq { get; init; }

    public required Guid SenderId { get; init; }

    public required string? Content { get; init; }

    public Guid? ReplyTo { get; init; }

    public Guid? AttachmentId { get; init; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? EditedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; init; }

    public MessageResponse Show(string? name, MessageAttachment? attachment) => new()
    {
        Id = Id,
        Seq = Seq,
        ChatId = ChatId,
        Sender = new MessageSender(SenderId, name),
        Content = Content,
        Attachment = attachment,
        ReplyTo = ReplyTo,
        At = At,
        EditedAt = EditedAt,
        DeletedAt = DeletedAt,
    };
}

/// <summary>Reads messages, with the names of their senders and of what they bring.</summary>
internal sealed class MessageReader(CarelineDb db, MessageText text, IActorNames names)
{
    /// <summary>Reads the rows in the order that they have.</summary>
    public async Task<IReadOnlyList<MessageResponse>> ReadAsync(IQueryable<ChatMessage> rows, CancellationToken ct)
    {
        var stored = (await rows.ToListAsync(ct)).ConvertAll(Open);
        var called = await names.OfAsync([.. stored.Select(m => m.SenderId).Distinct()], ct);
        var attached = await AttachmentsAsync(db, stored, ct);
        return stored.ConvertAll(m => m.Show(called.GetValueOrDefault(m.SenderId), m.AttachmentId is { } id ? attached.GetValueOrDefault(id) : null));
    }

    /// <summary>What the messages bring; what was removed or made private since is not among it.</summary>
    public static async Task<IReadOnlyDictionary<Guid, MessageAttachment>> AttachmentsAsync(CarelineDb db, IEnumerable<StoredMessage> messages, CancellationToken ct)
    {
        var ids = messages.Where(m => m.AttachmentId is not null).Select(m => m.AttachmentId!.Value).Distinct().ToArray();
        return ids.Length == 0 ? new Dictionary<Guid, MessageAttachment>()
            : await DocumentRow.All(db).Where(d => ids.Contains(d.Id) && !d.IsPrivate).Select(d => new MessageAttachment(d.Id, d.FileName, d.MediaType, d.Size)).ToDictionaryAsync(d => d.Id, ct);
    }

    public StoredMessage Open(ChatMessage row) => new()
    {
        Id = row.Id,
        ChatId = row.ChatId,
        Seq = row.Seq,
        SenderId = row.SenderId,
        Content = text.Open(row.Id, row.Body),
        ReplyTo = row.ReplyTo,
        AttachmentId = row.AttachmentId,
        At = row.SentAt,
        EditedAt = row.EditedAt,
        DeletedAt = row.DeletedAt,
    };
}
