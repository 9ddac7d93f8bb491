using System.Buffers.Binary;

namespace Careline.Files.Formats;

/// <summary>
/// JPEG (ITU-T T.81): segments from the start mark to the end mark. Kept: what is needed to show the picture. What phones append to their pictures (a second
/// picture, a film, padding) is left out; whatever else follows is refused.
/// </summary>
internal static class Jpeg
{
    private const byte Start = 0xD8;
    private const byte End = 0xD9;
    private const byte Scan = 0xDA;
    private const int LongestTailProbe = 16;

    public static ReadOnlySpan<byte> Signature => [0xFF, Start, 0xFF];

    public static void Clean(Stream content, Stream cleaned)
    {
        if (content.TakeByte() != 0xFF || content.TakeByte() != Start)
        {
            throw new InvalidDataException("No JPEG.");
        }

        cleaned.Write(Signature[..2]);
        var (hasFrame, hasScan) = (false, false);
        for (var marker = NextMarker(content); marker != End;)
        {
            if (marker is 0x00 or 0x01 or Start or (>= 0xD0 and <= 0xD7))
            {
                throw new InvalidDataException("A mark stands where none may.");
            }

            var body = Segment(content);
            hasFrame |= CheckFrame(marker, body);
            Keep(marker, body, cleaned);
            if (marker == Scan)
            {
                hasScan = hasFrame ? true : throw new InvalidDataException("Picture lines before the picture's size.");
                marker = CopyLines(content, cleaned);
            }
            else
            {
                marker = NextMarker(content);
            }
        }

        if (!hasScan)
        {
            throw new InvalidDataException("A picture without lines.");
        }

        cleaned.Write([0xFF, End]);
        CheckTail(content);
    }

    private static byte NextMarker(Stream content)
    {
        if (content.TakeByte() != 0xFF)
        {
            throw new InvalidDataException("A segment ends where it must not.");
        }

        byte marker;
        do
        {
            marker = content.TakeByte();
        }
        while (marker == 0xFF);
        return marker;
    }

    private static byte[] Segment(Stream content)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(content.Take(2));
        return length >= 2 ? content.Take(length - 2) : throw new InvalidDataException("A segment without a length.");
    }

    // SOF0 to SOF15 but for the three marks between them that mean other things.
    private static bool CheckFrame(byte marker, byte[] body)
    {
        if (marker is not (>= 0xC0 and <= 0xCF) or 0xC4 or 0xC8 or 0xCC)
        {
            return false;
        }

        if (body.Length < 6 || body[5] is < 1 or > 4 || body.Length != 6 + (3 * body[5]))
        {
            throw new InvalidDataException("The frame says what no JPEG is.");
        }

        PictureSize.Check(BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(3)), BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(1)));
        return true;
    }

    private static void Keep(byte marker, byte[] body, Stream cleaned)
    {
        // Application segments carry position, time, device and small pictures of what was later cut away; those of JFIF, Adobe and colour profiles are shown by.
        var isKept = marker switch
        {
            0xE0 => body.AsSpan().StartsWith("JFIF\0"u8),
            0xE2 => body.AsSpan().StartsWith("ICC_PROFILE\0"u8),
            0xEE => body.AsSpan().StartsWith("Adobe"u8),
            (>= 0xE0 and <= 0xEF) or 0xFE => false,
            _ => true,
        };
        if (isKept)
        {
            Write(cleaned, marker, body);
        }
        else if (marker == 0xE1 && body.AsSpan().StartsWith("Exif\0\0"u8) && Exif.OrientationOf(body.AsSpan(6)) is not Exif.Upright and var orientation)
        {
            Write(cleaned, marker, [.. "Exif\0\0"u8, .. Exif.Of(orientation)]);
        }
    }

    private static void Write(Stream cleaned, byte marker, byte[] body)
    {
        Span<byte> head = [0xFF, marker, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)(body.Length + 2));
        cleaned.Write(head);
        cleaned.Write(body);
    }

    // Within lines 0xFF is followed by 0 (the byte itself) or a restart mark; anything else is the next segment's.
    private static byte CopyLines(Stream content, Stream cleaned)
    {
        while (true)
        {
            var value = content.TakeByte();
            if (value != 0xFF)
            {
                cleaned.WriteByte(value);
                continue;
            }

            var next = content.TakeByte();
            while (next == 0xFF)
            {
                next = content.TakeByte();
            }

            if (next is not (0 or (>= 0xD0 and <= 0xD7)))
            {
                return next;
            }

            cleaned.WriteByte(0xFF);
            cleaned.WriteByte(next);
        }
    }

    private static void CheckTail(Stream content)
    {
        var left = content.Length - content.Position;
        if (left == 0)
        {
            return;
        }

        var first = content.Take((int)Math.Min(left, LongestTailProbe)).AsSpan();
        content.Seek(-Math.Min(left, 4), SeekOrigin.End);
        var last = content.Take((int)Math.Min(left, 4)).AsSpan();
        var isOfPhone = first.StartsWith(Signature) || first.TrimStart((byte)0).IsEmpty || (first.Length >= 12 && first[4..8].SequenceEqual("ftyp"u8)) || last.SequenceEqual("SEFT"u8);
        if (!isOfPhone)
        {
            throw new FileTypeRefused("Something that is no picture follows the picture.");
        }
    }
}
