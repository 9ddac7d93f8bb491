using System.Buffers.Binary;
using System.IO.Compression;
using System.Xml;

namespace Careline.Files.Formats;

/// <summary>
/// DOCX (ISO/IEC 29500, in a ZIP): the archive is nothing but the document, unpacks to no more than can be looked at, and holds neither macros nor embedded
/// files, loads nothing from elsewhere but what a reader clicks on, and has no XML that declares entities.
/// </summary>
internal static class Docx
{
    private const int EndBytes = 22;
    private const int MostEntries = 2_000;
    private const int MostDirectoryBytes = 1024 * 1024;
    private const long MostUnpackedBytes = 100 * 1024 * 1024;
    private const long MostXmlCharacters = 50_000_000;
    private const int SmallBytes = 1024 * 1024;
    private const int MostTimesSmaller = 200;
    private const string Content = "[Content_Types].xml";

    public static bool Begins(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PK\u0003\u0004"u8);

    public static void Check(Stream content)
    {
        CheckFrame(content);
        using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        CheckNames(archive);
        var left = MostUnpackedBytes;
        foreach (var entry in archive.Entries)
        {
            left -= CheckEntry(entry, left);
        }
    }

    // The directory must be the last thing and reach up to its end, and the first file the first thing: nothing lies before, between or behind.
    private static void CheckFrame(Stream content)
    {
        if (content.Length < EndBytes)
        {
            throw new EndOfStreamException();
        }

        content.Seek(-EndBytes, SeekOrigin.End);
        var end = content.Take(EndBytes).AsSpan();
        var (count, size, at) = (
            BinaryPrimitives.ReadUInt16LittleEndian(end[10..]), BinaryPrimitives.ReadUInt32LittleEndian(end[12..]), BinaryPrimitives.ReadUInt32LittleEndian(end[16..]));
        if (!end.StartsWith("PK\u0005\u0006"u8) || count == 0 || at + (long)size + EndBytes != content.Length)
        {
            throw new InvalidDataException("The archive is cut off, or something follows it.");
        }

        if (count > MostEntries || size > MostDirectoryBytes)
        {
            throw new FileTooLarge($"A document may have {MostEntries} parts.");
        }
    }

    private static void CheckNames(ZipArchive archive)
    {
        var names = archive.Entries.Select(e => e.FullName).ToList();
        if (names.Count > MostEntries || names.Distinct(StringComparer.OrdinalIgnoreCase).Count() != names.Count
            || names.Exists(n => n.StartsWith('/') || n.Contains('\\') || n.Contains(':') || n.Contains('\0') || n.Split('/').Contains("..")))
        {
            throw new InvalidDataException("A part's name leads out of the document.");
        }

        if (!names.Contains(Content) || !names.Contains("_rels/.rels") || !names.Contains("word/document.xml"))
        {
            throw new FileTypeRefused("The content is an archive, but no document.");
        }

        if (names.Exists(IsActive))
        {
            throw new FileTypeRefused("The document carries macros or embedded files. Save it as a PDF and send that.");
        }
    }

    private static bool IsActive(string name) =>
        name.Contains("vbaProject", StringComparison.OrdinalIgnoreCase) || name.Contains("vbaData", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("word/embeddings/", StringComparison.OrdinalIgnoreCase) || name.StartsWith("word/activeX/", StringComparison.OrdinalIgnoreCase)
        || name.Contains("oleObject", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase);

    // What an entry says of its size is not believed: it is unpacked.
    private static long CheckEntry(ZipArchiveEntry entry, long left)
    {
        var isXml = entry.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || entry.Name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase);
        using var plain = new Counted(entry.Open(), Math.Min(left, Math.Max(SmallBytes, entry.CompressedLength * MostTimesSmaller)));
        if (isXml)
        {
            ReadXml(plain, entry.FullName);
        }

        plain.CopyTo(Stream.Null);
        return plain.Position;
    }

    private static void ReadXml(Stream plain, string name)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MostXmlCharacters,
            CloseInput = false,
        };
        try
        {
            using var xml = XmlReader.Create(plain, settings);
            while (xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element)
                {
                    CheckElement(xml, name);
                }
            }
        }
        catch (XmlException)
        {
            throw new InvalidDataException("A part is no XML, or declares entities.");
        }
    }

    private static void CheckElement(XmlReader xml, string name)
    {
        if (name == Content && xml.GetAttribute("ContentType") is { } type
            && (type.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) || type.Contains("vbaProject", StringComparison.OrdinalIgnoreCase)))
        {
            throw new FileTypeRefused("The document carries macros. Save it as a PDF and send that.");
        }

        if (xml.LocalName == "Relationship" && name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)
            && "External".Equals(xml.GetAttribute("TargetMode"), StringComparison.OrdinalIgnoreCase)
            && xml.GetAttribute("Type")?.EndsWith("/hyperlink", StringComparison.Ordinal) != true)
        {
            throw new FileTypeRefused("The document loads something from elsewhere. Save it as a PDF and send that.");
        }
    }

    /// <summary>Ends with a refusal after so many bytes.</summary>
    private sealed class Counted(Stream inner, long most) : Stream
    {
        private long _count;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _count;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = inner.Read(buffer, offset, count);
            _count += read;
            return _count <= most ? read : throw new FileTooLarge("The document unpacks to more than can be looked at.");
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
