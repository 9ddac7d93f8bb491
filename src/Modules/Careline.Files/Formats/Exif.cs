using System.Buffers.Binary;

namespace Careline.Files.Formats;

/// <summary>The one thing that is kept of what a camera writes into a picture: which way is up. Everything else tells where, when and with what it was taken.</summary>
internal static class Exif
{
    public const int Upright = 1;

    private const ushort OrientationTag = 0x0112;
    private const ushort ShortType = 3;

    /// <summary>The orientation in a TIFF structure (TIFF 6.0, Exif 2.32); upright where it says none.</summary>
    public static int OrientationOf(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 14 || !(tiff.StartsWith("II*\0"u8) || tiff.StartsWith("MM\0*"u8)))
        {
            return Upright;
        }

        var isLittle = tiff[0] == 'I';
        var at = Number(tiff[4..], isLittle);
        if (at > tiff.Length - 2)
        {
            return Upright;
        }

        var entries = tiff[(int)at..];
        var count = Short(entries, isLittle);
        entries = entries[2..];
        for (var i = 0; i < count && entries.Length >= 12; i++, entries = entries[12..])
        {
            if (Short(entries, isLittle) == OrientationTag && Short(entries[2..], isLittle) == ShortType)
            {
                return Short(entries[8..], isLittle) is >= 1 and <= 8 and var orientation ? orientation : Upright;
            }
        }

        return Upright;
    }

    /// <summary>A TIFF structure that says nothing but the orientation.</summary>
    public static byte[] Of(int orientation) =>
    [
        (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8,
        0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0,
        0, 0, 0, 0,
    ];

    private static ushort Short(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint Number(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
