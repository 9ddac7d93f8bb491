using System.Text;
using Careline.Files.Contracts;

namespace Careline.Files.Formats;

/// <summary>Plain text in UTF-8: no control characters but line ends, tabs and page feeds, and no markup that a browser would take for a page.</summary>
internal static class PlainText
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool Begins(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[3..];
        }

        bytes = bytes.TrimStart(" \t\r\n\f"u8);
        var isMarkup = bytes.Length > 1 && bytes[0] == '<' && (char.IsAsciiLetter((char)bytes[1]) || bytes[1] is (byte)'!' or (byte)'?' or (byte)'/');
        return !isMarkup && !bytes.StartsWith("%PDF-"u8) && !bytes.StartsWith("{\\rtf"u8) && bytes.IndexOfAnyInRange((byte)0, (byte)8) < 0;
    }

    public static void Check(Stream content)
    {
        var decoder = _strict.GetDecoder();
        var bytes = new byte[16 * 1024];
        var chars = new char[bytes.Length + 1];
        try
        {
            for (int read; (read = content.Read(bytes, 0, bytes.Length)) > 0;)
            {
                CheckCharacters(chars.AsSpan(0, decoder.GetChars(bytes, 0, read, chars, 0, flush: false)));
            }

            decoder.GetChars([], 0, 0, chars, 0, flush: true);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException("No UTF-8.");
        }
    }

    private static void CheckCharacters(ReadOnlySpan<char> chars)
    {
        foreach (var value in chars)
        {
            if (value is < ' ' and not ('\t' or '\n' or '\r' or '\f'))
            {
                throw new FileTypeRefused("The content is not plain text.");
            }
        }
    }
}
