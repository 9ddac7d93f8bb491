using System.IO.Compression;
using System.Text;

namespace Careline.Files.Formats;

/// <summary>
/// PDF (ISO 32000): begins with its header, ends with its end mark, and the table that the end points to is there. Refused: what runs or starts something
/// (JavaScript, Launch, RichMedia, Rendition, XFA), files within the file, and what a password keeps from being looked at. See <see cref="PdfScan"/>.
/// </summary>
internal static class Pdf
{
    private const int EndBytes = 1024;
    private const int MostObjectStreams = 20_000;
    private const long MostUnpackedBytes = 64 * 1024 * 1024;
    private const long SmallUnpackedBytes = 4 * 1024 * 1024;
    private const int MostTimesSmaller = 20;

    public static void Check(Stream content)
    {
        CheckHeader(content.Take((int)Math.Min(content.Length, 8)));
        content.Seek(-Math.Min(content.Length, EndBytes), SeekOrigin.End);
        CheckTable(content, CheckEnd(content.Take((int)Math.Min(content.Length, EndBytes))));
        var scan = new PdfScan();
        content.Position = 0;
        scan.Read(content, content.Length);
        if (scan.ObjectStreams.Count > MostObjectStreams)
        {
            throw new InvalidDataException("Too many parts.");
        }

        var left = Math.Clamp(content.Length * MostTimesSmaller, SmallUnpackedBytes, MostUnpackedBytes);
        foreach (var at in scan.ObjectStreams)
        {
            content.Position = at;
            left -= Unpack(content, left);
        }
    }

    private static void CheckHeader(ReadOnlySpan<byte> head)
    {
        if (head.Length < 8 || !head.StartsWith("%PDF-"u8) || head[5] is not ((byte)'1' or (byte)'2') || head[6] != '.' || !char.IsAsciiDigit((char)head[7]))
        {
            throw new InvalidDataException("No PDF.");
        }
    }

    private static long CheckEnd(ReadOnlySpan<byte> end)
    {
        end = end.TrimEnd("\r\n\t \f\0"u8);
        var at = end.LastIndexOf("startxref"u8);
        if (!end.EndsWith("%%EOF"u8) || at < 0)
        {
            throw new InvalidDataException("The document is cut off, or something follows it.");
        }

        var number = Encoding.Latin1.GetString(end[(at + 9)..^5]).Trim(' ', '\r', '\n', '\t');
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var table)
            ? table : throw new InvalidDataException("The end points nowhere.");
    }

    // Either the word itself, or the number of the object that holds a packed table.
    private static void CheckTable(Stream content, long at)
    {
        if (at >= content.Length)
        {
            throw new InvalidDataException("The end points behind it.");
        }

        content.Position = at;
        var words = Encoding.Latin1.GetString(content.Take((int)Math.Min(40, content.Length - at))).Split(" \r\n\t\0\f<".ToCharArray(), StringSplitOptions.RemoveEmptyEntries);
        if (words is not (["xref", ..] or [_, _, "obj", ..]))
        {
            throw new InvalidDataException("The end points to no table.");
        }
    }

    // Objects that are packed together are read as a reader would, to no more than fits any honest document.
    private static long Unpack(Stream content, long most)
    {
        // The line end after the word "stream"; no packed content begins with one.
        var first = content.TakeByte();
        while (first is (byte)'\r' or (byte)'\n' or (byte)' ')
        {
            first = content.TakeByte();
        }

        content.Position--;
        using var plain = new ZLibStream(content, CompressionMode.Decompress, leaveOpen: true);
        var size = new PdfScan().Read(plain, most + 1);
        return size <= most ? size : throw new FileTooLarge("The document unpacks to more than can be looked at.");
    }
}
