namespace Careline.Messaging.Messages;

/// <summary>A message on its way into the database.</summary>
internal sealed record MessageDraft
{
    public required Guid Id { get; init; }

    public required Guid ChatId { get; init; }

    public required Guid SenderId { get; init; }

    public required Guid ClientId { get; init; }

    public required string Content { get; init; }

    public required byte[] Body { get; init; }

    public required int[] Words { get; init; }

    public Guid? ReplyTo { get; init; }

    public Guid? AttachmentId { get; init; }

    public required DateTimeOffset At { get; init; }

    public TaskCompletionSource<WrittenMessage> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What became of a draft: stored, now or when it was sent before.</summary>
/// <param name="Id">The message.</param>
/// <param name="Seq">Its number in the chat.</param>
/// <param name="At">When it was stored.</param>
/// <param name="IsRepeated">It was stored before: nothing was written now.</param>
internal sealed record WrittenMessage(Guid Id, long Seq, DateTimeOffset At, bool IsRepeated);

/// <summary>Why a message is not taken.</summary>
internal static class MessageRefusals
{
    /// <summary>Not one's chat, or not any more.</summary>
    public static Refusal NotMember() => new NotFound();

    public static Refusal Closed() => new RuleViolation("CHAT_CLOSED", "This chat is closed: it can be read, and not written to.");

    public static Refusal UnknownReply() => new InvalidInput("reply_to", "Must be a message of this chat.");

    public static Refusal Attachment() => new RuleViolation(
        "ATTACHMENT_REFUSED", "Only a checked document of this chat's patient, which you may see and which is not private, can be attached.");
}
