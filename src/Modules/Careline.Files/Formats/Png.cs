using System.Buffers.Binary;

namespace Careline.Files.Formats;

/// <summary>PNG (ISO/IEC 15948): chunks whose checksums hold, from the header to the end mark and nothing after it. Kept: what is needed to show the picture.</summary>
internal static class Png
{
    private static readonly HashSet<string> _kept =
        ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "sBIT", "bKGD", "pHYs"];

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static void Clean(Stream content, Stream cleaned)
    {
        if (!content.Take(8).AsSpan().SequenceEqual(Signature))
        {
            throw new InvalidDataException("No PNG.");
        }

        cleaned.Write(Signature);
        var seen = new List<string>();
        for (var type = ""; type != "IEND";)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(content.Take(4));
            var name = content.Take(4);
            type = System.Text.Encoding.Latin1.GetString(name);
            CheckPlace(type, length, seen, content);
            var data = CopyChunk(content, cleaned, name, type, length);
            if (type == "IHDR")
            {
                CheckHeader(data!);
            }
            else if (type == "eXIf" && Exif.OrientationOf(data) is not Exif.Upright and var orientation)
            {
                Write(cleaned, "eXIf"u8, Exif.Of(orientation));
            }

            seen.Add(type);
        }

        if (content.Position != content.Length)
        {
            throw new InvalidDataException("Something follows the picture.");
        }
    }

    private static void CheckPlace(string type, uint length, List<string> seen, Stream content)
    {
        if (length > content.Length - content.Position - 4)
        {
            throw new EndOfStreamException();
        }

        // A critical chunk that is not known cannot be shown; of the others those that are not known are left out.
        var isKnown = _kept.Contains(type) || (type.All(char.IsAsciiLetter) && char.IsAsciiLetterLower(type[0]));
        var isInPlace = type switch
        {
            "IHDR" => seen.Count == 0,
            "PLTE" => seen.Count > 0 && !seen.Contains("PLTE") && !seen.Contains("IDAT"),
            "IDAT" => !seen.Contains("IDAT") || seen[^1] == "IDAT",
            "IEND" => length == 0 && seen.Contains("IDAT"),
            _ => true,
        };
        if (!isKnown || !isInPlace || (type != "IHDR" && seen.Count == 0) || seen.Count > 100_000)
        {
            throw new InvalidDataException("The picture's parts are out of order.");
        }
    }

    private static byte[]? CopyChunk(Stream content, Stream cleaned, byte[] name, string type, uint length)
    {
        var crc = new Crc32();
        crc.Add(name);
        byte[]? held = null;
        if (type is "IHDR" or "eXIf")
        {
            held = content.Take((int)Math.Min(length, 64 * 1024));
            crc.Add(held);
            length -= (uint)held.Length;
        }

        var isKept = _kept.Contains(type);
        if (isKept)
        {
            Span<byte> total = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(total, length + (uint)(held?.Length ?? 0));
            cleaned.Write(total);
            cleaned.Write(name);
            cleaned.Write(held);
        }

        content.CopyNext(length, isKept ? cleaned : Stream.Null, crc.Add);
        var sum = content.Take(4);
        if (BinaryPrimitives.ReadUInt32BigEndian(sum) != crc.Value)
        {
            throw new InvalidDataException("A checksum does not hold.");
        }

        if (isKept)
        {
            cleaned.Write(sum);
        }

        return held;
    }

    private static void CheckHeader(byte[] header)
    {
        if (header.Length != 13)
        {
            throw new InvalidDataException("The header has another length.");
        }

        PictureSize.Check(BinaryPrimitives.ReadUInt32BigEndian(header), BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4)));
        var isDepth = (ColorType: header[9], Depth: header[8]) switch
        {
            (0, 1 or 2 or 4 or 8 or 16) or (2, 8 or 16) or (3, 1 or 2 or 4 or 8) or (4, 8 or 16) or (6, 8 or 16) => true,
            _ => false,
        };
        if (!isDepth || header[10] != 0 || header[11] != 0 || header[12] > 1)
        {
            throw new InvalidDataException("The header says what no PNG is.");
        }
    }

    private static void Write(Stream cleaned, ReadOnlySpan<byte> name, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        cleaned.Write(number);
        cleaned.Write(name);
        cleaned.Write(data);
        var crc = new Crc32();
        crc.Add(name);
        crc.Add(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc.Value);
        cleaned.Write(number);
    }
}
