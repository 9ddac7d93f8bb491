using System.IO.Pipelines;
using Careline.Audit.Contracts;
using Careline.Gateways.Contracts;
using Microsoft.AspNetCore.Mvc;

namespace Careline.Payments.Webhooks;

/// <summary>What a gateway is answered.</summary>
/// <param name="Received">The message is kept.</param>
public sealed record WebhookAnswer(bool Received);

/// <summary>The door for the gateways' own messages: the bytes as they came are what was signed, so nothing is parsed before they are judged.</summary>
internal static class ReceiveWebhook
{
    private const int MostBytes = 256 * 1024;

    public static void Map(RouteGroupBuilder payments) => payments.MapPost("/webhooks/{gateway}/", Handle)
        .Named("ReceivePaymentWebhook", "Takes a message of a payment gateway: stripe, paystack, razorpay, payu.")
        .ForAnyone("The gateway's signature is the credential.").WithOwnTransaction().Unlimited().WithMetadata(new RequestSizeLimitAttribute(MostBytes));

    private static async Task<Answer<WebhookAnswer>> Handle(string gateway, HttpContext http, IWebhookDoor door, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        if (!EnumText<Gateway>.TryParse(gateway, out var of) || of == Gateway.Offline)
        {
            throw new NotFound();
        }

        var body = await ReadAsync(http.Request.BodyReader, ct);
        var request = new WebhookRequest(name => http.Request.Headers.TryGetValue(name, out var values) && values.Count == 1 ? values[0] : null, body, db.Now);
        if (!await door.TakeAsync(of, request, ct))
        {
            await trail.RefusedAsync("payment_webhook_refused", "bad_signature");
            throw new Unauthenticated("BAD_SIGNATURE", "The signature does not hold.");
        }

        return Answer.Ok(new WebhookAnswer(true), "Received.");
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(PipeReader reader, CancellationToken ct)
    {
        using var body = new MemoryStream();
        while (true)
        {
            var read = await reader.ReadAsync(ct);
            foreach (var piece in read.Buffer)
            {
                if (body.Length + piece.Length > MostBytes)
                {
                    throw new BadHttpRequestException("The message is too large.", StatusCodes.Status413PayloadTooLarge);
                }

                body.Write(piece.Span);
            }

            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return body.ToArray();
            }
        }
    }
}
