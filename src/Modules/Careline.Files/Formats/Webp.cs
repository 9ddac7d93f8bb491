using System.Buffers.Binary;
using System.Text;

namespace Careline.Files.Formats;

/// <summary>WebP (RFC 9649): a RIFF file of exactly its stated size. Kept: the picture, its frames, its transparency, its colour profile, which way is up.</summary>
internal static class Webp
{
    private const int HeaderBytes = 12;
    private const int MostChunks = 10_000;
    private const byte ExifFlag = 0x08;
    private const byte XmpFlag = 0x04;

    private static readonly HashSet<string> _kept = ["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"];

    public static bool Begins(ReadOnlySpan<byte> bytes) => bytes.Length >= HeaderBytes && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8);

    public static void Clean(Stream content, Stream cleaned)
    {
        var header = content.Take(HeaderBytes);
        var size = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4));
        if (!Begins(header) || size + 8L != content.Length || size % 2 != 0)
        {
            throw new InvalidDataException("The file has another size than it says.");
        }

        var chunks = Survey(content, out var orientation);
        var exif = orientation == Exif.Upright || chunks[0].Type != "VP8X" ? [] : Exif.Of(orientation);
        var total = 4 + chunks.Where(c => _kept.Contains(c.Type)).Sum(c => 8 + Padded(c.Length)) + (exif.Length == 0 ? 0 : 8 + exif.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), (uint)total);
        cleaned.Write(header);
        foreach (var (type, at, length) in chunks.Where(c => _kept.Contains(c.Type)))
        {
            content.Position = at;
            var head = content.Take(8);
            cleaned.Write(head);
            if (type == "VP8X")
            {
                var flags = content.TakeByte();
                cleaned.WriteByte((byte)((flags & ~(ExifFlag | XmpFlag)) | (exif.Length == 0 ? 0 : ExifFlag)));
                content.CopyNext(Padded(length) - 1, cleaned);
            }
            else
            {
                content.CopyNext(Padded(length), cleaned);
            }
        }

        if (exif.Length > 0)
        {
            WriteExif(cleaned, exif);
        }
    }

    private static long Padded(uint length) => length + (length % 2);

    private static List<(string Type, long At, uint Length)> Survey(Stream content, out int orientation)
    {
        var chunks = new List<(string Type, long At, uint Length)>();
        orientation = Exif.Upright;
        while (content.Position < content.Length)
        {
            var at = content.Position;
            var head = content.Take(8);
            var (type, length) = (Encoding.Latin1.GetString(head, 0, 4), BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4)));
            if (Padded(length) > content.Length - content.Position)
            {
                throw new EndOfStreamException();
            }

            var start = content.Take((int)Math.Min(length, 64 * 1024));
            CheckSize(type, start);
            if (type == "EXIF")
            {
                // Some writers put JPEG's introduction before the structure.
                orientation = Exif.OrientationOf(start.AsSpan().StartsWith("Exif\0\0"u8) ? start.AsSpan(6) : start);
            }

            chunks.Add((type, at, length));
            if (chunks.Count > MostChunks)
            {
                throw new InvalidDataException("Too many parts.");
            }

            content.Position = at + 8 + Padded(length);
        }

        CheckOrder(chunks);
        return chunks;
    }

    private static void CheckOrder(List<(string Type, long At, uint Length)> chunks)
    {
        var isSimple = chunks is [{ Type: "VP8 " or "VP8L" }];
        var isExtended = chunks is [{ Type: "VP8X" }, ..] && chunks.Count(c => c.Type == "VP8X") == 1
            && (chunks.Count(c => c.Type is "VP8 " or "VP8L") == 1) != chunks.Any(c => c.Type == "ANMF");
        if (!isSimple && !isExtended)
        {
            throw new InvalidDataException("The picture's parts are out of order.");
        }
    }

    private static void CheckSize(string type, ReadOnlySpan<byte> start)
    {
        switch (type)
        {
            case "VP8X" when start.Length == 10:
                PictureSize.Check(1 + Number24(start[4..]), 1 + Number24(start[7..]));
                break;
            case "VP8 " when start.Length >= 10 && start[3..].StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]):
                PictureSize.Check(BinaryPrimitives.ReadUInt16LittleEndian(start[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(start[8..]) & 0x3FFF);
                break;
            case "VP8L" when start.Length >= 5 && start[0] == 0x2F:
                var bits = BinaryPrimitives.ReadUInt32LittleEndian(start[1..]);
                PictureSize.Check(1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF));
                break;
            case "ANMF" when start.Length >= 16:
                PictureSize.Check(1 + Number24(start[6..]), 1 + Number24(start[9..]));
                break;
            case "VP8X" or "VP8 " or "VP8L" or "ANMF":
                throw new InvalidDataException("A part says what no WebP is.");
        }
    }

    private static int Number24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private static void WriteExif(Stream cleaned, byte[] exif)
    {
        Span<byte> head = [(byte)'E', (byte)'X', (byte)'I', (byte)'F', 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], exif.Length);
        cleaned.Write(head);
        cleaned.Write(exif);
    }
}
