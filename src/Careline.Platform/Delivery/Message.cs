using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Careline.Platform.Delivery;

/// <summary>Whether a message was handed over.</summary>
public enum MessageStatus
{
    /// <summary>On its way.</summary>
    Queued,

    /// <summary>Handed over to whoever carries it on.</summary>
    Sent,

    /// <summary>Given up.</summary>
    Failed,

    /// <summary>Not sent, since it would have come too late or was withdrawn.</summary>
    Expired,
}

/// <summary>A message on its way: written in the sender's transaction, handed to a transport afterwards, kept as the record that it was.</summary>
internal sealed class Message
{
    public const int TriesBeforeFailed = 8;

    public Guid Id { get; private set; }

    public Channel Channel { get; private set; }

    public byte[]? Content { get; private set; }

    public MessageStatus Status { get; private set; }

    public int Tries { get; private set; }

    public DateTimeOffset DueAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    public string? SentBy { get; private set; }

    public string? Failure { get; private set; }

    public static Message Queue(Guid id, Channel channel, byte[] content, DateTimeOffset now, (DateTimeOffset From, DateTimeOffset Until) sent) =>
        new() { Id = id, Channel = channel, Content = content, DueAt = sent.From, ExpiresAt = sent.Until, CreatedAt = now };

    public void Delivered(string by, DateTimeOffset now)
    {
        (Status, SentAt, SentBy, Failure, Content) = (MessageStatus.Sent, now, by, null, null);
    }

    public void TooLate()
    {
        (Status, Content) = (MessageStatus.Expired, null);
    }

    /// <summary>Another try later, longer each time; the last failure ends it.</summary>
    public void NotDelivered(string failure, DateTimeOffset now, bool isFinal)
    {
        Failure = failure;
        if (isFinal || Tries >= TriesBeforeFailed)
        {
            (Status, Content) = (MessageStatus.Failed, null);
        }
        else
        {
            DueAt = now + TimeSpan.FromSeconds(5 * Math.Pow(2, Tries));
        }
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Message>, IEntityTypeConfiguration<SandboxMessage>, IEntityTypeConfiguration<DeliveryRow>
    {
        public void Configure(EntityTypeBuilder<Message> builder)
        {
            builder.ToTable("messages", "platform");
            builder.Property(m => m.Id).ValueGeneratedNever();
        }

        public void Configure(EntityTypeBuilder<SandboxMessage> builder)
        {
            builder.ToTable("sandbox_inbox", "platform");
            builder.Property(m => m.Id).ValueGeneratedNever();
        }

        public void Configure(EntityTypeBuilder<DeliveryRow> builder) => builder.HasNoKey().ToView("delivery_rows", "platform");
    }
}
