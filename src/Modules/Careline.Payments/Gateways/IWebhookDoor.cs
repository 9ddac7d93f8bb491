namespace Careline.Payments.Gateways;

/// <summary>Where webhooks come in, by the route or from the sandbox: both are judged and kept by the same code.</summary>
internal interface IWebhookDoor
{
    /// <summary>Takes a webhook as the route does. An exception asks for it again later, as an answer of 500 would.</summary>
    Task TakeAsync(Gateway gateway, WebhookRequest request, CancellationToken ct);
}
