using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Careline.Platform.Events;

/// <summary>An event on its way to one handler. Gone once handled; <see cref="DeadAt"/> is set when nobody will try again by itself.</summary>
internal sealed class OutboxDelivery
{
    public const int TriesBeforeDead = 10;

    public Guid Id { get; private set; }

    public string Handler { get; private set; } = "";

    public string Payload { get; private set; } = "";

    public DateTimeOffset OccurredAt { get; private set; }

    public DateTimeOffset DueAt { get; private set; }

    public int Tries { get; private set; }

    public DateTimeOffset? DeadAt { get; private set; }

    /// <summary>The type of the last failure, never its words.</summary>
    public string? Failure { get; private set; }

    public static OutboxDelivery Of(string handler, string payload, DateTimeOffset now) =>
        new() { Id = Ids.New(now), Handler = handler, Payload = payload, OccurredAt = now, DueAt = now };

    public void Failed(string failure, DateTimeOffset now)
    {
        Tries++;
        Failure = failure;
        DueAt = now + TimeSpan.FromSeconds(Math.Min(3600, Math.Pow(2, Tries)));
        DeadAt = Tries >= TriesBeforeDead ? now : null;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<OutboxDelivery>
    {
        public void Configure(EntityTypeBuilder<OutboxDelivery> builder)
        {
            builder.ToTable("outbox", "platform");
            builder.Property(d => d.Payload).HasColumnType("jsonb");
        }
    }
}
