using System.Security.Cryptography;
using System.Text;

namespace Careline.Gateways.Stripe;

/// <summary>
/// <c>Stripe-Signature: t=…,v1=…</c>: HMAC-SHA256 with the endpoint's secret over time, dot and body. Several <c>v1</c> while a secret is replaced; other
/// schemes are not ours. A signature serves five minutes, as in Stripe's own libraries.
/// </summary>
internal static class StripeSignature
{
    private const long ToleranceSeconds = 300;

    private const int MostSignatures = 16;

    public static bool IsGood(WebhookRequest request, IReadOnlyList<string> secrets)
    {
        if (request.Header("Stripe-Signature") is not { Length: > 0 and <= 4096 } header)
        {
            return false;
        }

        var parts = header.Split(',');
        var times = parts.Where(p => p.StartsWith("t=", StringComparison.Ordinal)).Select(p => p[2..]).ToList();
        var signatures = parts.Where(p => p.StartsWith("v1=", StringComparison.Ordinal)).Select(p => p[3..]).ToList();
        if (times is not [{ Length: > 0 and <= 12 } time] || signatures.Count is 0 or > MostSignatures
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return false;
        }

        byte[] message = [.. Encoding.ASCII.GetBytes(time), (byte)'.', .. request.Body.Span];
        var isSigned = false;
        foreach (var signature in signatures)
        {
            isSigned |= Signatures.IsHmac(HashAlgorithmName.SHA256, secrets, message, signature);
        }

        return isSigned && Math.Abs(request.Now.ToUnixTimeSeconds() - seconds) <= ToleranceSeconds;
    }

    /// <summary>As Stripe signs; for the sandbox.</summary>
    public static string Sign(ReadOnlySpan<byte> body, string secret, DateTimeOffset now)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] message = [.. Encoding.ASCII.GetBytes(time), (byte)'.', .. body];
        return $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), message))}";
    }
}
