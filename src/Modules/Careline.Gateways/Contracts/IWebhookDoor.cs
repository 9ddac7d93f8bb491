namespace Careline.Gateways.Contracts;

/// <summary>Where webhooks come in, whoever carries them: the route, or the sandbox.</summary>
public interface IWebhookDoor
{
    /// <summary>Judges a message and keeps what it says for later; false where it is forged. A second time it changes nothing. Commits by itself.</summary>
    Task<bool> TakeAsync(Gateway gateway, WebhookRequest request, CancellationToken ct);
}
