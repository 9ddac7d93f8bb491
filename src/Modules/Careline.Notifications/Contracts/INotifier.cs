namespace Careline.Notifications.Contracts;

/// <summary>Tells people something. What is told is written with the caller's save, and goes out afterwards or never was.</summary>
public interface INotifier
{
    /// <summary>
    /// Tells the active ones of these accounts: in their list within Careline, and by the channels that each of them wants for such news, held back during
    /// their quiet hours. The caller saves.
    /// </summary>
    Task TellAsync(Notice notice, IEnumerable<Recipient> to, CancellationToken ct);

    /// <summary>Tells somebody in all ways that are usual or wanted. The caller saves.</summary>
    void Tell(Notice notice, Reader reader);

    /// <summary>Tells somebody by one channel at once, as a delivery that the caller knows by its id. The caller saves.</summary>
    void Send(Notice notice, Reader reader, NoticeChannel channel, Guid deliveryId);
}
