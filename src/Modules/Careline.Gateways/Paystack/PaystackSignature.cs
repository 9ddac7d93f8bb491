using System.Security.Cryptography;
using System.Text;

namespace Careline.Gateways.Paystack;

/// <summary><c>x-paystack-signature</c>: HMAC-SHA512 over the body with the interface's secret key; there is no secret of its own for webhooks.</summary>
internal static class PaystackSignature
{
    public static bool IsGood(WebhookRequest request, IReadOnlyList<string> secrets) =>
        Signatures.IsHmac(HashAlgorithmName.SHA512, secrets, request.Body.Span, request.Header("x-paystack-signature"));

    /// <summary>As Paystack signs; for the sandbox.</summary>
    public static string Sign(ReadOnlySpan<byte> body, string secret) => Convert.ToHexStringLower(HMACSHA512.HashData(Encoding.UTF8.GetBytes(secret), body));
}
