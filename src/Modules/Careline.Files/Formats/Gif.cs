using System.Buffers.Binary;

namespace Careline.Files.Formats;

/// <summary>GIF (87a, 89a): blocks from the header to the trailer, and nothing after it. Comments and other programs' blocks are left out.</summary>
internal static class Gif
{
    private const byte Extension = 0x21;
    private const byte Image = 0x2C;
    private const byte Trailer = 0x3B;
    private const byte GraphicControl = 0xF9;
    private const byte Application = 0xFF;
    private const int MostFrames = 2_000;

    public static bool Begins(ReadOnlySpan<byte> bytes) => bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8);

    public static void Clean(Stream content, Stream cleaned)
    {
        var head = content.Take(13);
        var (width, height) = (BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(6)), BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(8)));
        if (!Begins(head))
        {
            throw new InvalidDataException("No GIF.");
        }

        PictureSize.Check(width, height);
        cleaned.Write(head);
        content.CopyNext(ColorTableBytes(head[10]), cleaned);
        var frames = 0;
        for (var block = content.TakeByte(); block != Trailer; block = content.TakeByte())
        {
            switch (block)
            {
                case Extension:
                    CopyExtension(content, cleaned);
                    break;
                case Image when ++frames <= MostFrames:
                    CopyImage(content, cleaned);
                    break;
                default:
                    throw new InvalidDataException("A block of a kind that no GIF has.");
            }
        }

        if (frames == 0 || content.Position != content.Length)
        {
            throw new InvalidDataException("A picture without an image, or something that follows it.");
        }

        cleaned.WriteByte(Trailer);
    }

    private static int ColorTableBytes(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 0x07) + 1);

    private static void CopyExtension(Stream content, Stream cleaned)
    {
        var label = content.TakeByte();
        var length = content.TakeByte();
        var first = content.Take(length);
        var isKept = label == GraphicControl || (label == Application && first.AsSpan().StartsWith("NETSCAPE2.0"u8));
        if (length == 0)
        {
            return;
        }

        var target = isKept ? cleaned : Stream.Null;
        target.Write([Extension, label, length]);
        target.Write(first);
        CopyBlocks(content, target);
    }

    private static void CopyImage(Stream content, Stream cleaned)
    {
        var head = content.Take(9);
        PictureSize.Check(BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(4)), BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(6)));
        cleaned.WriteByte(Image);
        cleaned.Write(head);
        content.CopyNext(ColorTableBytes(head[8]), cleaned);
        var bits = content.TakeByte();
        if (bits is < 2 or > 11)
        {
            throw new InvalidDataException("The image says what no GIF is.");
        }

        cleaned.WriteByte(bits);
        CopyBlocks(content, cleaned);
    }

    private static void CopyBlocks(Stream content, Stream target)
    {
        byte length;
        do
        {
            length = content.TakeByte();
            target.WriteByte(length);
            content.CopyNext(length, target);
        }
        while (length > 0);
    }
}
