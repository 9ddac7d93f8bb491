using System.Text;

namespace Careline.Prescriptions.Signatures;

/// <summary>Base45 (RFC 9285): bytes in the letters that a QR code stores most densely.</summary>
internal static class Base45
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder((bytes.Length * 3 / 2) + 1);
        for (var i = 0; i < bytes.Length; i += 2)
        {
            var isPair = i + 1 < bytes.Length;
            var value = isPair ? (bytes[i] * 256) + bytes[i + 1] : bytes[i];
            for (var n = isPair ? 3 : 2; n > 0; n--, value /= 45)
            {
                text.Append(Alphabet[value % 45]);
            }
        }

        return text.ToString();
    }

    /// <summary>The bytes; null where the text is not Base45.</summary>
    public static byte[]? Decode(string text)
    {
        if (text.Length % 3 == 1)
        {
            return null;
        }

        var bytes = new List<byte>(text.Length * 2 / 3);
        for (var i = 0; i < text.Length; i += 3)
        {
            var digits = Math.Min(3, text.Length - i);
            var value = 0;
            for (var n = digits - 1; n >= 0; n--)
            {
                var digit = Alphabet.IndexOf(text[i + n], StringComparison.Ordinal);
                if (digit < 0)
                {
                    return null;
                }

                value = (value * 45) + digit;
            }

            if (value > (digits == 3 ? 0xFFFF : 0xFF))
            {
                return null;
            }

            if (digits == 3)
            {
                bytes.Add((byte)(value >> 8));
            }

            bytes.Add((byte)value);
        }

        return [.. bytes];
    }
}
