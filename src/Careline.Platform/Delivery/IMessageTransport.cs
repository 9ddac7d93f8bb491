namespace Careline.Platform.Delivery;

/// <summary>Hands messages of one channel to whoever carries them on.</summary>
public interface IMessageTransport
{
    /// <summary>The channel that it serves.</summary>
    Channel Channel { get; }

    /// <summary>The name in the settings and in delivery records.</summary>
    string Name { get; }

    /// <summary>Returns when the message was taken over. At least once: a provider that takes an id of ours is told it.</summary>
    /// <exception cref="NotDeliverable">No later try can help.</exception>
    Task SendAsync(OutgoingMessage message, CancellationToken ct);
}

/// <summary>A message in the clear, for as long as it takes to hand it over.</summary>
/// <param name="Id">The delivery: the same at every try.</param>
/// <param name="To">An address, a number, or an account.</param>
/// <param name="Subject">One line; null where the channel has none.</param>
/// <param name="Text">Plain text.</param>
/// <param name="NotAfter">After this it is of no use to anybody; null where that was not said.</param>
public sealed record OutgoingMessage(Guid Id, string To, string? Subject, string Text, DateTimeOffset? NotAfter = null);

/// <summary>The message can never be delivered as it is: a code says why, never a value.</summary>
public sealed class NotDeliverable(string code) : Exception(code)
{
    /// <summary>Why, such as <c>PROVIDER_400</c>.</summary>
    public string Code { get; } = code;
}

/// <summary>The transports that the settings name.</summary>
internal sealed record Transports(IReadOnlyList<IMessageTransport> All)
{
    public IMessageTransport? Of(Channel channel) => All.FirstOrDefault(t => t.Channel == channel);
}
