using System.IO.Compression;
using System.Text;

namespace Careline.Prescriptions.Signatures;

/// <summary>
/// The text of the QR code on a prescription: what it says, compressed and signed, so that whoever has the public key verifies it without asking anybody. The form is
/// <c>CLRX1:</c> and, in Base45, four bytes that name the key, the Ed25519 signature, and the Brotli-compressed JSON array that it covers.
/// </summary>
internal static class PaperCode
{
    public const string Prefix = "CLRX1:";
    private const int KeyBytes = 4;
    private const int SignatureBytes = 64;

    // About what a QR code holds that a phone still reads from thermal paper.
    private const int MostBytes = 1_100;
    private const int MostUnpacked = 200_000;

    public static string Of(SignedContent content, string verifyCode, SigningKey key)
    {
        var packed = Pack(content, verifyCode, withInstructions: true);
        packed = packed.Length <= MostBytes ? packed : Pack(content, verifyCode, withInstructions: false);
        if (packed.Length > MostBytes)
        {
            packed = Pack(content with { Sheet = content.Sheet with { Lines = [] } }, verifyCode, withInstructions: false, content.Sheet.Lines.Count);
        }

        return Prefix + Base45.Encode([.. SigningKey.IdOf(key.PublicKey), .. key.Sign(packed), .. packed]);
    }

    /// <summary>Reads and verifies the text of a code with a public key alone.</summary>
    public static PaperVerdict Verify(string text, byte[] publicKey)
    {
        text = text.Trim();
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || Base45.Decode(text[Prefix.Length..]) is not { Length: > KeyBytes + SignatureBytes } body)
        {
            return new PaperVerdict(PaperState.NotACode, null);
        }

        if (!body.AsSpan(0, KeyBytes).SequenceEqual(SigningKey.IdOf(publicKey)))
        {
            return new PaperVerdict(PaperState.OtherKey, null);
        }

        var packed = body.AsSpan(KeyBytes + SignatureBytes);
        return SigningKey.Verifies(publicKey, packed, body[KeyBytes..(KeyBytes + SignatureBytes)])
            ? new PaperVerdict(PaperState.Genuine, Unpack(packed))
            : new PaperVerdict(PaperState.Forged, null);
    }

    private static byte[] Pack(SignedContent content, string verifyCode, bool withInstructions, int? leftOut = null)
    {
        object?[] all =
        [
            content.Number, verifyCode, content.IssuedAt.ToString("O"), content.ValidUntil.ToString("O"), content.Patient.Name, content.Patient.BirthDate?.ToString("O"),
            content.Doctor.Name, content.Doctor.Number, leftOut ?? 0,
            content.Sheet.Lines.Select((l, i) => new object?[]
            {
                l.MedicationName, l.Strength, l.Dosage, l.Frequency, l.DurationDays, l.Quantity, l.Refills, withInstructions ? l.Instructions : null,
                !withInstructions && l.Instructions is not null, content.NotChecked?.Contains(i + 1) == true,
            }).ToArray(),
        ];
        using var target = new MemoryStream();
        using (var brotli = new BrotliStream(target, CompressionLevel.SmallestSize))
        {
            brotli.Write(JsonSerializer.SerializeToUtf8Bytes(all));
        }

        return target.ToArray();
    }

    // What is signed by the right key was packed here; still, no more is unpacked than a prescription can be.
    private static JsonElement Unpack(ReadOnlySpan<byte> packed)
    {
        var plain = new byte[MostUnpacked];
        return BrotliDecoder.TryDecompress(packed, plain, out var length)
            ? JsonDocument.Parse(Encoding.UTF8.GetString(plain, 0, length)).RootElement
            : throw new InvalidDataException("The code is signed, but holds nothing that can be read.");
    }
}

/// <summary>What a code was found to be.</summary>
internal enum PaperState
{
    /// <summary>Signed with the key, and unchanged.</summary>
    Genuine,

    /// <summary>Names the key, but was not signed with it, or was changed.</summary>
    Forged,

    /// <summary>Signed with another key.</summary>
    OtherKey,

    /// <summary>No code of a prescription.</summary>
    NotACode,
}

/// <summary>A code and what it holds, where it is genuine.</summary>
internal sealed record PaperVerdict(PaperState State, JsonElement? Content);
