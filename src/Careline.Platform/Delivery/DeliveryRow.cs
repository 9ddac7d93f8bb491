namespace Careline.Platform.Delivery;

/// <summary>What became of a posted message, as modules above join it: <c>db.Set&lt;DeliveryRow&gt;()</c>. Gone a month after it was posted.</summary>
public sealed class DeliveryRow
{
    /// <summary>The delivery.</summary>
    public Guid Id { get; init; }

    /// <summary>Where it stands.</summary>
    public MessageStatus Status { get; init; }

    /// <summary>When it was handed over.</summary>
    public DateTimeOffset? SentAt { get; init; }
}
