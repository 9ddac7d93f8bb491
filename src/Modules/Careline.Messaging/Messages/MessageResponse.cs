namespace Careline.Messaging.Messages;

/// <summary>A message.</summary>
public sealed record MessageResponse
{
    /// <summary>The message.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its number in the chat: from 1, without a gap.</summary>
    public required long Seq { get; init; }

    /// <summary>The chat.</summary>
    public required Guid ChatId { get; init; }

    /// <summary>Who said it.</summary>
    public required MessageSender Sender { get; init; }

    /// <summary>The text as it was sent; null where it was deleted or cannot be read.</summary>
    public required string? Content { get; init; }

    /// <summary>A document of the patient's record.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MessageAttachment? Attachment { get; init; }

    /// <summary>The message that it answers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? ReplyTo { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When its text was last changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>When it was taken back.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DeletedAt { get; init; }
}

/// <summary>Who said it.</summary>
/// <param name="Id">The account.</param>
/// <param name="Name">What the person is called at present; null when the account is gone.</param>
public sealed record MessageSender(Guid Id, string? Name);

/// <summary>A document that a message brings; its content is read at <c>/api/medical-files/{id}/content/</c>.</summary>
/// <param name="Id">The document.</param>
/// <param name="FileName">What it is called.</param>
/// <param name="MediaType">What it is.</param>
/// <param name="Size">Bytes.</param>
public sealed record MessageAttachment(Guid Id, string FileName, string MediaType, long Size);
