using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Careline.Platform.Delivery;

/// <summary>A message that was given up, as modules above list it: <c>db.Set&lt;UndeliveredRow&gt;()</c>. To whom and what it said is not kept.</summary>
public sealed class UndeliveredRow
{
    /// <summary>The delivery.</summary>
    public Guid Id { get; init; }

    /// <summary>How it was sent.</summary>
    public Channel Channel { get; init; }

    /// <summary>When it was posted.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Tries { get; init; }

    /// <summary>The code or type of the last failure.</summary>
    public string? Failure { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<UndeliveredRow>
    {
        public void Configure(EntityTypeBuilder<UndeliveredRow> builder) => builder.HasNoKey().ToView("undelivered_messages", "platform");
    }
}
