using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Careline.Files.Formats;

namespace Careline.Tests.Files;

/// <summary>Files made for tests, honest and otherwise, without a program or a fixture: each byte can be read here.</summary>
internal static class Samples
{
    public const string Marker = "Zanzibar-Quince-4711";

    public static byte[] Text(string text = Marker) => Encoding.UTF8.GetBytes(text);

    public static byte[] Png(int width = 3, int height = 2, byte colorType = 2, params (string Type, byte[] Content)[] extra)
    {
        var raw = new byte[height * (1 + (width * 3))];
        return PngOf([("IHDR", [.. Number(width), .. Number(height), 8, colorType, 0, 0, 0]), .. extra, ("IDAT", Deflated(raw)), ("IEND", [])]);
    }

    /// <summary>A header that announces more pixels than there are.</summary>
    public static byte[] PngOfSize(int width, int height) =>
        PngOf([("IHDR", [.. Number(width), .. Number(height), 8, 2, 0, 0, 0]), ("IDAT", Deflated(new byte[100])), ("IEND", [])]);

    public static byte[] PngOf(params (string Type, byte[] Content)[] chunks) => [.. Careline.Files.Formats.Png.Signature, .. chunks.SelectMany(c => Chunk(c.Type, c.Content))];

    public static byte[] Jpeg(params (byte Marker, byte[] Body)[] segments) =>
    [
        0xFF, 0xD8, .. segments.SelectMany(s => Segment(s.Marker, s.Body)),
        .. Segment(0xC0, [8, 0, 2, 0, 3, 1, 1, 0x11, 0]), .. Segment(0xDA, [1, 1, 0, 0, 63, 0]), 0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xD9,
    ];

    /// <summary>What a camera writes: which way is up, and where it stood.</summary>
    public static byte[] CameraNotes(int orientation) =>
    [
        .. "II*\0"u8, 8, 0, 0, 0, 3, 0,
        0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0,
        0x0F, 0x01, 2, 0, 20, 0, 0, 0, 50, 0, 0, 0,
        0x25, 0x88, 4, 0, 1, 0, 0, 0, 70, 0, 0, 0,
        0, 0, 0, 0, .. Text(Marker), .. "GPS 6.4281N 3.4219E"u8,
    ];

    public static byte[] Gif(byte[]? comment = null) =>
    [
        .. "GIF89a"u8, 2, 0, 2, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255,
        .. comment is null ? [] : (byte[])[0x21, 0xFE, (byte)comment.Length, .. comment, 0],
        0x2C, 0, 0, 0, 0, 2, 0, 2, 0, 0, 2, 3, 0x44, 0x02, 0x05, 0, 0x3B,
    ];

    public static byte[] Webp(params (string Type, byte[] Content)[] extra)
    {
        byte[] lossless = [0x2F, .. BitConverter.GetBytes(2u | (1u << 14)), 7, 8, 9];
        var chunks = extra.Length == 0 ? [("VP8L", lossless)] : (IEnumerable<(string, byte[])>)[("VP8X", [0x0C, 0, 0, 0, 2, 0, 0, 1, 0, 0]), ("VP8L", lossless), .. extra];
        byte[] body = [.. "WEBP"u8, .. chunks.SelectMany(c => Riff(c.Item1, c.Item2))];
        return [.. "RIFF"u8, .. BitConverter.GetBytes((uint)body.Length), .. body];
    }

    /// <summary>A document of these objects, with the table that finds them.</summary>
    public static byte[] Pdf(params string[] objects) => PdfOf([.. objects.Select(Encoding.Latin1.GetBytes)]);

    public static byte[] PdfOf(params byte[][] objects)
    {
        var file = new MemoryStream();
        file.Write("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n"u8);
        var places = new List<long>();
        byte[][] all = [Encoding.Latin1.GetBytes("<< /Type /Catalog /Pages 2 0 R >>"), Encoding.Latin1.GetBytes("<< /Type /Pages /Kids [] /Count 0 >>"), .. objects];
        for (var i = 0; i < all.Length; i++)
        {
            places.Add(file.Position);
            file.Write(Encoding.Latin1.GetBytes($"{i + 1} 0 obj\n"));
            file.Write(all[i]);
            file.Write("\nendobj\n"u8);
        }

        var table = file.Position;
        var entries = string.Concat(places.Select(p => $"{p:D10} 00000 n \n"));
        file.Write(Encoding.Latin1.GetBytes(
            $"xref\n0 {all.Length + 1}\n0000000000 65535 f \n{entries}trailer\n<< /Size {all.Length + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"));
        return file.ToArray();
    }

    /// <summary>An object stream: objects packed together, as newer writers do.</summary>
    public static byte[] Packed(string objects, string filter = "/FlateDecode")
    {
        var content = Deflated(Encoding.Latin1.GetBytes(objects));
        return [.. Encoding.Latin1.GetBytes($"<< /Type /ObjStm /N 1 /First 4 /Filter {filter} /Length {content.Length} >>\nstream\r\n"), .. content, .. "\nendstream"u8];
    }

    public static byte[] Docx(params (string Name, string Content)[] more) => Zip([.. DocxParts(), .. more.Select(m => (m.Name, Encoding.UTF8.GetBytes(m.Content)))]);

    public static (string Name, byte[] Content)[] DocxParts(string? relations = null) =>
    [
        ("[Content_Types].xml", Encoding.UTF8.GetBytes(
            """<Types xmlns="t"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>""")),
        ("_rels/.rels", Encoding.UTF8.GetBytes(relations ?? """<Relationships xmlns="r"><Relationship Id="1" Type="x/officeDocument" Target="word/document.xml"/></Relationships>""")),
        ("word/document.xml", Encoding.UTF8.GetBytes($"<w:document xmlns:w=\"w\"><w:body>{Marker}</w:body></w:document>")),
    ];

    public static byte[] Zip(params (string Name, byte[] Content)[] parts)
    {
        var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var part = archive.CreateEntry(name, CompressionLevel.SmallestSize).Open();
                part.Write(content);
            }
        }

        return file.ToArray();
    }

    /// <summary>A compound file of one directory sector with these names.</summary>
    public static byte[] Doc(params string[] names)
    {
        var file = new byte[512 * 3];
        ((byte[])[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).CopyTo(file, 0);
        (file[24], file[26], file[28], file[29], file[30], file[32]) = (0x3E, 3, 0xFE, 0xFF, 9, 6);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(48), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(512), 0xFFFFFFFD);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(516), 0xFFFFFFFE);
        string[] all = ["Root Entry", .. names];
        for (var i = 0; i < all.Length; i++)
        {
            var entry = file.AsSpan(1024 + (i * 128));
            Encoding.Unicode.GetBytes(all[i]).CopyTo(entry);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[64..], (ushort)((all[i].Length + 1) * 2));
            entry[66] = 2;
        }

        return file;
    }

    public static byte[] Deflated(byte[] content)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(content);
        }

        return packed.ToArray();
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] named = [.. Encoding.Latin1.GetBytes(type), .. content];
        var crc = new Crc32();
        crc.Add(named);
        return [.. Number(content.Length), .. named, .. Number((int)crc.Value)];
    }

    private static byte[] Segment(byte marker, byte[] body) => [0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];

    private static byte[] Riff(string type, byte[] content) =>
        [.. Encoding.Latin1.GetBytes(type), .. BitConverter.GetBytes((uint)content.Length), .. content, .. new byte[content.Length % 2]];

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
