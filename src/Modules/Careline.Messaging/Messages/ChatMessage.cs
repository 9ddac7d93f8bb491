namespace Careline.Messaging.Messages;

/// <summary>What somebody said in a chat: sealed, numbered without a gap. Rows are added by <see cref="MessageWriter"/>.</summary>
internal sealed class ChatMessage
{
    private ChatMessage()
    {
    }

    public Guid ChatId { get; private set; }

    public long Seq { get; private set; }

    public Guid Id { get; private set; }

    public Guid SenderId { get; private set; }

    /// <summary>By which its sender knows it: sent again, it is the same message.</summary>
    public Guid ClientId { get; private set; }

    /// <summary>Null once it was deleted.</summary>
    public byte[]? Body { get; private set; }

    /// <summary>Keyed hashes of its words.</summary>
    public int[] Words { get; private set; } = [];

    public Guid? ReplyTo { get; private set; }

    /// <summary>A document of the patient's record.</summary>
    public Guid? AttachmentId { get; private set; }

    public DateTimeOffset SentAt { get; private set; }

    /// <summary>The chat's when it was last edited or deleted; 0 while it is as it was sent.</summary>
    public long Revision { get; private set; }

    public DateTimeOffset? EditedAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>Puts other words in the place of the present ones, which stay as a version.</summary>
    public void Edit((byte[] Body, int[] Words) text, long revision, DateTimeOffset now)
    {
        MustStand();
        (Body, Words, EditedAt, Revision) = (text.Body, text.Words, now, revision);
    }

    /// <summary>Takes back what was said; it stays as a version.</summary>
    public void Delete(long revision, DateTimeOffset now)
    {
        MustStand();
        (Body, Words, AttachmentId, DeletedAt, Revision) = (null, [], null, now, revision);
    }

    /// <summary>Names were taken out of it; nobody edited it.</summary>
    public void Erase(byte[] body, int[] words) => (Body, Words) = (body, words);

    /// <summary>What was taken back is gone from sight.</summary>
    public void MustStand()
    {
        if (DeletedAt is not null)
        {
            throw new RuleViolation("MESSAGE_DELETED", "This message was deleted.");
        }
    }

    internal sealed class Mapping : IEntityTypeConfiguration<ChatMessage>
    {
        public void Configure(EntityTypeBuilder<ChatMessage> builder)
        {
            builder.ToTable("messages", "messaging");
            builder.HasKey(m => new { m.ChatId, m.Seq });
            builder.Property(m => m.Seq).ValueGeneratedNever();
        }
    }
}

/// <summary>What a message said before it was edited or deleted.</summary>
internal sealed class MessageVersion
{
    private MessageVersion()
    {
    }

    public Guid Id { get; private set; }

    public Guid ChatId { get; private set; }

    public Guid MessageId { get; private set; }

    public byte[]? Body { get; private set; }

    public DateTimeOffset ReplacedAt { get; private set; }

    public Guid ReplacedBy { get; private set; }

    public static MessageVersion Of(Guid id, ChatMessage message, byte[]? body, Guid by, DateTimeOffset now) =>
        new() { Id = id, ChatId = message.ChatId, MessageId = message.Id, Body = body, ReplacedAt = now, ReplacedBy = by };

    /// <summary>Names were taken out of it.</summary>
    public void Erase(byte[] body) => Body = body;

    internal sealed class Mapping : IEntityTypeConfiguration<MessageVersion>
    {
        public void Configure(EntityTypeBuilder<MessageVersion> builder)
        {
            builder.ToTable("message_versions", "messaging");
            builder.Property(v => v.Id).ValueGeneratedNever();
        }
    }
}
