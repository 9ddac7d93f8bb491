using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Careline.Gateways;

/// <summary>
/// Compares what somebody sent as a signature with ours: decoded, in constant time. Only the form that gateways write is taken, lower-case hex of the full
/// length, so that one message has one signature; anything else is false and never an exception.
/// </summary>
internal static class Signatures
{
    private const int LongestBytes = 64;

    private static readonly SearchValues<char> _digits = SearchValues.Create("0123456789abcdef");

    public static bool IsHmac(HashAlgorithmName algorithm, IReadOnlyList<string> secrets, ReadOnlySpan<byte> message, string? hex)
    {
        var isSigned = false;
        foreach (var secret in secrets)
        {
            isSigned |= secret.Length > 0 && IsHex(hex, CryptographicOperations.HmacData(algorithm, Encoding.UTF8.GetBytes(secret), message));
        }

        return isSigned;
    }

    public static bool IsHex(string? hex, ReadOnlySpan<byte> expected)
    {
        Span<byte> given = stackalloc byte[LongestBytes];
        given = given[..expected.Length];
        return hex is not null && hex.Length == expected.Length * 2 && !hex.AsSpan().ContainsAnyExcept(_digits)
            && Convert.FromHexString(hex, given, out _, out _) == OperationStatus.Done && CryptographicOperations.FixedTimeEquals(given, expected);
    }

    /// <summary>The secrets of a setting: several while one is replaced.</summary>
    public static IReadOnlyList<string> Secrets(string setting) => setting.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Names an event by its bytes, where the gateway does not name it.</summary>
    public static string KeyOf(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));
}
