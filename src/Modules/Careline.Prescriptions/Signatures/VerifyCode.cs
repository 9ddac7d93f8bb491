using System.Security.Cryptography;

namespace Careline.Prescriptions.Signatures;

/// <summary>
/// The short code on a prescription's paper: 60 random bits in the alphabet that Crockford chose because its letters are not mistaken for each other.
/// </summary>
internal static class VerifyCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 12;

    public static string Next() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>As people read it: <c>7K3M-0QXW-92AB</c>.</summary>
    public static string Show(string code) => $"{code[..4]}-{code[4..8]}-{code[8..]}";

    /// <summary>What somebody typed, however it was grouped; null where it cannot be one.</summary>
    public static string? Read(string typed)
    {
        if (typed.Length > 40)
        {
            return null;
        }

        var code = string.Concat(typed.Where(c => c is not ('-' or ' ')).Select(c => char.ToUpperInvariant(c) switch { 'O' => '0', 'I' or 'L' => '1', var other => other }));
        return code.Length == Length && code.All(Alphabet.Contains) ? code : null;
    }
}
