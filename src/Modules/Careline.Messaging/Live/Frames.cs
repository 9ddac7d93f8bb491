using Careline.Messaging.Messages;
using Careline.Messaging.Participants;

namespace Careline.Messaging.Live;

/// <summary>What a client says: the members that its type needs, the others absent.</summary>
internal sealed record ClientFrame(
    string Type,
    Guid? ChatId = null,
    Guid? ClientId = null,
    string? Content = null,
    Guid? ReplyTo = null,
    Guid? AttachmentId = null,
    bool? IsTyping = null,
    long? Seq = null,
    long? AfterSeq = null);

/// <summary>What the server says begins with its type.</summary>
internal abstract record ServerFrame([property: JsonPropertyOrder(-2)] string Type);

/// <summary>Somebody may speak and listen in a chat from now on.</summary>
internal sealed record ReadyFrame(Guid ChatId, long Seq, IReadOnlyList<ParticipantFrame> Participants) : ServerFrame("ready");

internal sealed record ParticipantFrame(Guid Id, string? Name, ParticipantRole Role, string Status, long ReadSeq, long DeliveredSeq);

internal sealed record AckFrame(Guid ChatId, Guid? ClientId, Guid Id, long Seq, DateTimeOffset At) : ServerFrame("ack");

internal sealed record SyncedFrame(Guid ChatId, long Seq) : ServerFrame("synced");

internal sealed record ReceiptFrame(string Kind, Guid ChatId, Guid UserId, long Seq) : ServerFrame(Kind)
{
    /// <summary>Stands in the type.</summary>
    [JsonIgnore]
    public string Kind { get; init; } = Kind;
}

internal sealed record TypingFrame(Guid ChatId, Guid UserId, bool IsTyping) : ServerFrame("typing");

internal sealed record PresenceFrame(Guid ChatId, Guid UserId, string Status) : ServerFrame("presence")
{
    public static string StatusOf(bool isOnline) => isOnline ? "online" : "offline";
}

internal sealed record JoinedFrame(Guid ChatId, Guid UserId, string? Name) : ServerFrame("participant_joined");

internal sealed record LeftFrame(Guid ChatId, Guid UserId) : ServerFrame("participant_left");

internal sealed record PongFrame() : ServerFrame("pong");

internal sealed record ErrorFrame(
    string Code,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? ClientId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? ChatId = null) : ServerFrame("error");

/// <summary>A message as it was sent, or as it is since: <c>message</c>, <c>message_edited</c>, <c>message_deleted</c>.</summary>
internal sealed record MessageFrame(
    string Kind,
    Guid Id,
    long Seq,
    Guid ChatId,
    MessageSender Sender,
    string? Content,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MessageAttachment? Attachment,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? ReplyTo,
    DateTimeOffset At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? EditedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? DeletedAt) : ServerFrame(Kind)
{
    /// <summary>Stands in the type.</summary>
    [JsonIgnore]
    public string Kind { get; init; } = Kind;

    public static MessageFrame Of(StoredMessage m, string? name, MessageAttachment? attachment, string kind = "message") => new(
        kind, m.Id, m.Seq, m.ChatId, new MessageSender(m.SenderId, name), m.Content, attachment, m.ReplyTo, m.At, m.EditedAt, m.DeletedAt);
}
