using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Careline.Platform.Security;

/// <summary>
/// Encrypts single values with AES-256-GCM. A sealed value names its key and opens only in the place that it was sealed for: moved to another row
/// or column it is refused, as is one that was changed.
/// </summary>
/// <param name="ring">Where the keys come from.</param>
/// <param name="log">Told of values that do not open.</param>
public sealed partial class FieldCipher(KeyRing ring, ILogger<FieldCipher> log)
{
    /// <summary>Encrypts a text for one place, such as <c>accounts.authenticators.secret:</c> and the row's id.</summary>
    public byte[] Seal(string text, string place) => SealedText.Seal(ring.NewestField(), text, place);

    /// <summary>The text that was sealed for this place.</summary>
    /// <exception cref="CryptographicException">The value was changed, belongs elsewhere, or its key is not known.</exception>
    public string Open(byte[] value, string place) => SealedText.Open(
        (value.Length > 1 ? ring.FieldOf(value[1]) : null) ?? throw new CryptographicException("The value is not sealed with a key of this installation."),
        value,
        place);

    /// <summary>
    /// The text that was sealed for this place, or null where the value was changed, belongs elsewhere, or its key is not known: somebody wrote to the
    /// database past us. That is told to the log; one such row must not hide the others from those who need them.
    /// </summary>
    public string? TryOpen(byte[] value, string place)
    {
        try
        {
            return Open(value, place);
        }
        catch (CryptographicException)
        {
            Report(place);
            return null;
        }
    }

    /// <summary>Tells the log that the value of a place does not open.</summary>
    internal void Report(string place) => LogUnreadable(log, place);

    /// <summary>Tells the log that a person's key does not open.</summary>
    internal void ReportKey(string place) => LogReplaced(log, place);

    [LoggerMessage(Level = LogLevel.Critical, Message = "A person's key was changed past Careline and cannot be read; a new one takes its place: {Place}")]
    private static partial void LogReplaced(ILogger logger, string place);

    [LoggerMessage(Level = LogLevel.Error, Message = "A sealed value cannot be read: {Place}")]
    private static partial void LogUnreadable(ILogger logger, string place);
}

/// <summary>A key and the number by which sealed values name it.</summary>
internal readonly record struct SealingKey(byte Number, byte[] Bytes);

/// <summary>The form of a sealed value: 1 byte for the form, 1 byte for the key, the nonce, the tag, the text.</summary>
internal static class SealedText
{
    private const byte Form = 1;
    private const int NonceAt = 2;
    private const int TagAt = NonceAt + 12;
    private const int TextAt = TagAt + 16;

    public static byte[] Seal(SealingKey key, string text, string place)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var value = new byte[TextAt + plain.Length];
        (value[0], value[1]) = (Form, key.Number);
        RandomNumberGenerator.Fill(value.AsSpan(NonceAt, TagAt - NonceAt));
        using var aes = new AesGcm(key.Bytes, TextAt - TagAt);
        aes.Encrypt(
            value.AsSpan(NonceAt, TagAt - NonceAt), plain, value.AsSpan(TextAt), value.AsSpan(TagAt, TextAt - TagAt), Encoding.UTF8.GetBytes(place));
        return value;
    }

    public static string Open(SealingKey key, byte[] value, string place)
    {
        if (value.Length < TextAt || value[0] != Form || value[1] != key.Number)
        {
            throw new CryptographicException("The value is not sealed with a key of this installation.");
        }

        var plain = new byte[value.Length - TextAt];
        using var aes = new AesGcm(key.Bytes, TextAt - TagAt);
        aes.Decrypt(
            value.AsSpan(NonceAt, TagAt - NonceAt), value.AsSpan(TextAt), value.AsSpan(TagAt, TextAt - TagAt), plain, Encoding.UTF8.GetBytes(place));
        return Encoding.UTF8.GetString(plain);
    }
}
