namespace Careline.Platform.Delivery;

/// <summary>A message that the sandbox kept instead of sending it.</summary>
public sealed class SandboxMessage
{
    /// <summary>The delivery.</summary>
    public Guid Id { get; init; }

    /// <summary>How it would have gone.</summary>
    public Channel Channel { get; init; }

    /// <summary>To whom.</summary>
    public string Recipient { get; init; } = "";

    /// <summary>Mail only.</summary>
    public string? Subject { get; init; }

    /// <summary>What it says.</summary>
    public string Text { get; init; } = "";

    /// <summary>When it was "sent".</summary>
    public DateTimeOffset SentAt { get; init; }
}
