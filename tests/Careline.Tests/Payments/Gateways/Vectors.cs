using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Careline.Gateways.Contracts;

namespace Careline.Tests.Payments.Gateways;

/// <summary>Webhooks as they come in, and every way to spoil one by a byte.</summary>
internal static class Vectors
{
    public static DateTimeOffset Now { get; } = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    public static WebhookRequest Request(string header, string value, byte[] body, DateTimeOffset? now = null) =>
        new(name => string.Equals(name, header, StringComparison.OrdinalIgnoreCase) ? value : null, body, now ?? Now);

    public static WebhookRequest Request(string header, string value, string body, DateTimeOffset? now = null) => Request(header, value, Encoding.UTF8.GetBytes(body), now);

    public static string Hmac256(string secret, string message) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(message)));

    public static string Hmac512(string secret, string message) => Convert.ToHexStringLower(HMACSHA512.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(message)));

    public static string Stripe(string secret, string body, long time = 1_700_000_000) =>
        string.Create(CultureInfo.InvariantCulture, $"t={time},v1={Hmac256(secret, string.Create(CultureInfo.InvariantCulture, $"{time}.{body}"))}");

    /// <summary>The bytes with each of their bits turned, one at a time.</summary>
    public static IEnumerable<byte[]> Flipped(byte[] bytes)
    {
        for (var i = 0; i < bytes.Length * 8; i++)
        {
            var copy = bytes.ToArray();
            copy[i / 8] ^= (byte)(1 << (i % 8));
            yield return copy;
        }
    }

    /// <summary>The text with each bit of each of its characters turned, one at a time.</summary>
    public static IEnumerable<string> Flipped(string text) => Flipped(Encoding.Latin1.GetBytes(text)).Select(Encoding.Latin1.GetString);

    /// <summary>A form as browsers and PayU write it.</summary>
    public static string Form(IEnumerable<KeyValuePair<string, string>> fields) =>
        string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value).Replace("%20", "+", StringComparison.Ordinal)}"));
}
