using System.Security.Cryptography;
using System.Text;

namespace Careline.Patients.History;

/// <summary>Encrypts what an entry keeps secret, and finds it again by a keyed hash: from neither can the database alone tell a value.</summary>
internal sealed class SealedFields(FieldCipher cipher, KeyRing ring)
{
    public const string KeyName = "insurance-number-index";

    public byte[] Seal(string text, string place) => cipher.Seal(text, place);

    public string? TryOpen(byte[] value, string place) => cipher.TryOpen(value, place);

    /// <summary>The same for a number however it is spaced: people copy it from cards.</summary>
    public byte[] IndexOf(string number) => HMACSHA256.HashData(
        ring.Of(KeyName), Encoding.UTF8.GetBytes(string.Concat(number.Where(c => !char.IsWhiteSpace(c) && c is not '-')).ToUpperInvariant()));
}
