using System.Security.Cryptography;
using Careline.Gateways.Contracts;
using Careline.Payments.Payments;
using Microsoft.Extensions.Logging;

namespace Careline.Payments.Webhooks;

/// <summary>Verifies first, keeps second, and only then says that it came: what the facts mean is found out later, from the outbox.</summary>
internal sealed partial class WebhookDoor(CarelineDb db, Cashiers cashiers, FieldCipher cipher, ILogger<WebhookDoor> log) : IWebhookDoor
{
    private const int MostNameLength = 200;

    public async Task<bool> TakeAsync(Gateway gateway, WebhookRequest request, CancellationToken ct)
    {
        var webhook = cashiers.Of(gateway).Read(request);
        if (webhook.IsForged)
        {
            LogForged(log, gateway, request.Body.Length);
            return false;
        }

        var (id, key) = (db.NewId(), Short(webhook.DeliveryKey));
        var facts = cipher.Seal(JsonSerializer.Serialize(webhook.Facts, WebhookMessage.Json), WebhookMessage.PlaceOf(id));
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var isNew = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO payments.webhooks (id, gateway, delivery_key, event, body_hash, facts_sealed, received_at)
            VALUES ({id}, {EnumText<Gateway>.Of(gateway)}, {key}, {Short(webhook.Event)}, {SHA256.HashData(request.Body.Span)}, {facts}, {db.Now})
            ON CONFLICT (gateway, delivery_key) DO NOTHING
            """,
            ct) == 1;
        if (isNew && webhook.Facts.Count > 0)
        {
            db.Publish(new WebhookReceived(id));
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    // The names are the gateway's, but a text column takes no NUL and nobody needs a long one.
    private static string Short(string name)
    {
        var clean = name.Replace("\0", "", StringComparison.Ordinal);
        return clean.Length <= MostNameLength ? clean : Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(clean)));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A webhook of {Gateway} was refused: its signature does not hold ({Length} bytes)")]
    private static partial void LogForged(ILogger logger, Gateway gateway, int length);
}
