using Careline.Gateways.Contracts;
using Careline.Payments.Settling;
using Careline.Platform.Events;

namespace Careline.Payments.Webhooks;

/// <summary>Takes what a webhook said into the books.</summary>
internal sealed class OnWebhookReceived(CarelineDb db, FieldCipher cipher, FactBook book) : IHandle<WebhookReceived>
{
    public async Task HandleAsync(WebhookReceived happened, CancellationToken ct)
    {
        var message = await db.Set<WebhookMessage>().FirstAsync(w => w.Id == happened.WebhookId, ct);
        var facts = JsonSerializer.Deserialize<List<GatewayFact>>(cipher.Open(message.FactsSealed, WebhookMessage.PlaceOf(message.Id)), WebhookMessage.Json)!;
        await book.TakeAsync(facts, ct);
    }
}
