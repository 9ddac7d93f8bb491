using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Careline.Files.Formats;

/// <summary>Plain text in UTF-8: no control characters but line ends, tabs and page feeds, and no markup that a browser would take for a page.</summary>
internal static class PlainText
{
    // All below the space but tab, line ends and page feed.
    private static readonly SearchValues<byte> _controls = SearchValues.Create([.. Enumerable.Range(0, 32).Where(b => !"\t\n\r\f".Contains((char)b)).Select(b => (byte)b)]);

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
        var bytes = new byte[64 * 1024];
        var held = 0;
        for (int read; (read = content.Read(bytes, held, bytes.Length - held)) > 0;)
        {
            var come = bytes.AsSpan(0, held + read);
            var whole = WholeCharacters(come);
            if (come.ContainsAny(_controls))
            {
                throw new FileTypeRefused("The content is not plain text.");
            }

            if (!Utf8.IsValid(come[..whole]))
            {
                throw new InvalidDataException("No UTF-8.");
            }

            come[whole..].CopyTo(bytes);
            held = come.Length - whole;
        }

        if (held > 0)
        {
            throw new EndOfStreamException();
        }
    }

    // How many bytes there are without a last character that goes on in what comes next.
    private static int WholeCharacters(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var value = bytes[^back];
            if ((value & 0xC0) != 0x80)
            {
                var length = value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : value >= 0xC0 ? 2 : 1;
                return length > back ? bytes.Length - back : bytes.Length;
            }
        }

        return bytes.Length;
    }
}
