namespace Careline.Platform.Delivery;

/// <summary>Hands messages of one channel to whoever carries them on.</summary>
internal interface IMessageTransport
{
    Channel Channel { get; }

    /// <summary>The name in the settings and in delivery records.</summary>
    string Name { get; }

    /// <summary>Returns when the message was taken over. At least once: a provider that takes an id of ours is told it.</summary>
    /// <exception cref="NotDeliverable">No later try can help.</exception>
    Task SendAsync(OutgoingMessage message, CancellationToken ct);
}

/// <summary>A message in the clear, for as long as it takes to hand it over.</summary>
internal sealed record OutgoingMessage(Guid Id, string To, string? Subject, string Text);

/// <summary>The message can never be delivered as it is: a code says why, never a value.</summary>
internal sealed class NotDeliverable(string code) : Exception(code)
{
    public string Code { get; } = code;
}
