using System.Security.Cryptography;
using System.Text;

namespace Careline.Gateways.Payu;

/// <summary>
/// PayU's hashes: SHA-512 over fields joined by pipes, with the salt among them. Nothing escapes a pipe within a field, so that two different messages could
/// have one hash: fields that hold one are refused in both directions.
/// </summary>
internal static class PayuHash
{
    private const string Extra = "additionalCharges";

    private const string OtherExtra = "additional_charges";

    private static readonly string[] _ofRequest = ["key", "txnid", "amount", "productinfo", "firstname", "email", "udf1", "udf2", "udf3", "udf4", "udf5"];

    public static bool HasPipe(IEnumerable<string> values) => values.Any(v => v.Contains('|', StringComparison.Ordinal));

    /// <summary>Of what a browser posts to PayU.</summary>
    public static string OfRequest(IReadOnlyDictionary<string, string> fields, string salt) =>
        Hex(string.Join('|', _ofRequest.Select(name => Of(fields, name))) + "||||||" + salt);

    /// <summary>Of a call between servers.</summary>
    public static string OfCall(string key, string command, string var1, string salt) => Hex($"{key}|{command}|{var1}|{salt}");

    /// <summary>Of what PayU says of a payment, through a browser or by a webhook.</summary>
    public static string OfResponse(IReadOnlyDictionary<string, string> fields, string salt) => OfResponse(fields, salt, Of(fields, Extra));

    /// <summary>Whether PayU said this, and of our account.</summary>
    public static bool IsGood(IReadOnlyDictionary<string, string> fields, string key, IReadOnlyList<string> salts)
    {
        if (key.Length == 0 || Of(fields, "key") != key || HasPipe(_ofRequest.Concat(["status", Extra, OtherExtra]).Select(name => Of(fields, name))))
        {
            return false;
        }

        // PayU's pages write the extra charges in two ways, and do not say whether the second is in the hash: only PayU can make either.
        string[] extras = Of(fields, Extra) is { Length: > 0 } extra ? [extra] : [.. new[] { "", Of(fields, OtherExtra) }.Distinct()];
        var isSigned = false;
        foreach (var salt in salts)
        {
            foreach (var charged in extras)
            {
                isSigned |= Signatures.IsHex(Of(fields, "hash"), Convert.FromHexString(OfResponse(fields, salt, charged)));
            }
        }

        return isSigned;
    }

    private static string OfResponse(IReadOnlyDictionary<string, string> fields, string salt, string extra) => Hex(
        $"{(extra.Length > 0 ? extra + "|" : "")}{salt}|{Of(fields, "status")}||||||{string.Join('|', _ofRequest.Reverse().Select(name => Of(fields, name)))}");

    private static string Of(IReadOnlyDictionary<string, string> fields, string name) => fields.GetValueOrDefault(name, "");

    private static string Hex(string text) => Convert.ToHexStringLower(SHA512.HashData(Encoding.UTF8.GetBytes(text)));
}
