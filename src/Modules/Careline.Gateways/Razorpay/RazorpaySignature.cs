using System.Security.Cryptography;
using System.Text;

namespace Careline.Gateways.Razorpay;

/// <summary>
/// HMAC-SHA256: over a webhook's body with the webhook's secret, over order and payment with the key's secret where a browser comes back.
/// </summary>
internal static class RazorpaySignature
{
    public static bool IsGood(WebhookRequest request, IReadOnlyList<string> secrets) =>
        Signatures.IsHmac(HashAlgorithmName.SHA256, secrets, request.Body.Span, request.Header("X-Razorpay-Signature"));

    /// <param name="orderId">The order as we stored it: one that the browser names could be another that was paid.</param>
    /// <param name="paymentId">As the browser names it.</param>
    /// <param name="signature">As the browser brings it.</param>
    /// <param name="keySecret">The key's secret.</param>
    public static bool IsGoodReturn(string orderId, string paymentId, string? signature, string keySecret) =>
        Signatures.IsHmac(HashAlgorithmName.SHA256, [keySecret], Encoding.UTF8.GetBytes($"{orderId}|{paymentId}"), signature);

    /// <summary>As Razorpay signs; for the sandbox.</summary>
    public static string Sign(ReadOnlySpan<byte> message, string secret) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), message));
}
