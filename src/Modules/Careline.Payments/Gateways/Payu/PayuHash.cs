using System.Security.Cryptography;
using System.Text;

namespace Careline.Payments.Gateways.Payu;

/// <summary>
/// PayU's hashes: SHA-512 over fields joined by pipes, with the salt among them. Nothing escapes a pipe within a field, so that two different messages could
/// have one hash: fields that hold one are refused in both directions.
/// </summary>
internal static class PayuHash
{
    private static readonly string[] _ofRequest = ["key", "txnid", "amount", "productinfo", "firstname", "email", "udf1", "udf2", "udf3", "udf4", "udf5"];

    public static bool HasPipe(IEnumerable<string> values) => values.Any(v => v.Contains('|', StringComparison.Ordinal));

    /// <summary>Of what a browser posts to PayU.</summary>
    public static string OfRequest(IReadOnlyDictionary<string, string> fields, string salt) =>
        Hex(string.Join('|', _ofRequest.Select(name => Of(fields, name))) + "||||||" + salt);

    /// <summary>Of a call between servers.</summary>
    public static string OfCall(string key, string command, string var1, string salt) => Hex($"{key}|{command}|{var1}|{salt}");

    /// <summary>Of what PayU says of a payment, through a browser or by a webhook.</summary>
    public static string OfResponse(IReadOnlyDictionary<string, string> fields, string salt)
    {
        var extra = Of(fields, "additionalCharges");
        return Hex($"{(extra.Length > 0 ? extra + "|" : "")}{salt}|{Of(fields, "status")}||||||{string.Join('|', _ofRequest.Reverse().Select(name => Of(fields, name)))}");
    }

    /// <summary>Whether PayU said this, and of our account.</summary>
    public static bool IsGood(IReadOnlyDictionary<string, string> fields, string key, IReadOnlyList<string> salts)
    {
        if (key.Length == 0 || Of(fields, "key") != key || HasPipe(_ofRequest.Append("status").Append("additionalCharges").Select(name => Of(fields, name))))
        {
            return false;
        }

        var isSigned = false;
        foreach (var salt in salts)
        {
            isSigned |= Signatures.IsHex(Of(fields, "hash"), Convert.FromHexString(OfResponse(fields, salt)));
        }

        return isSigned;
    }

    private static string Of(IReadOnlyDictionary<string, string> fields, string name) => fields.GetValueOrDefault(name, "");

    private static string Hex(string text) => Convert.ToHexStringLower(SHA512.HashData(Encoding.UTF8.GetBytes(text)));
}
