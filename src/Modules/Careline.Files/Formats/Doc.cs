using System.Buffers.Binary;
using System.Text;

namespace Careline.Files.Formats;

/// <summary>
/// DOC (MS-CFB, MS-DOC): the compound file's header and directory hold together and name a Word document, and neither macros nor embedded objects. The text
/// itself is not looked at: it is given out to be saved, and decoded by nobody here.
/// </summary>
internal static class Doc
{
    private const int HeaderBytes = 512;
    private const int EntryBytes = 128;
    private const uint EndOfChain = 0xFFFFFFFE;
    private const int HeaderTables = 109;
    private const int MostDirectorySectors = 4_096;

    private static readonly HashSet<string> _refused = new(StringComparer.OrdinalIgnoreCase)
    {
        "Macros", "VBA", "_VBA_PROJECT", "_VBA_PROJECT_CUR", "ObjectPool", "EncryptedPackage", "\u0001Ole10Native", "Package",
    };

    public static bool Begins(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);

    public static void Check(Stream content)
    {
        var header = content.Take(HeaderBytes);
        var (version, order, shift) = (Short(header, 26), Short(header, 28), Short(header, 30));
        if (!Begins(header) || order != 0xFFFE || (version, shift) is not ((3, 9) or (4, 12)))
        {
            throw new InvalidDataException("No compound file.");
        }

        var sectorBytes = 1 << shift;
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var sector = Number(header, 48);
        for (var read = 0; sector != EndOfChain; read++)
        {
            if (read == MostDirectorySectors)
            {
                throw new InvalidDataException("The directory has no end.");
            }

            names.UnionWith(NamesIn(Sector(content, sector, sectorBytes)));
            sector = Next(content, header, sector, sectorBytes);
        }

        if (!names.Contains("WordDocument"))
        {
            throw new FileTypeRefused("The content is no Word document.");
        }

        if (names.Overlaps(_refused))
        {
            throw new FileTypeRefused("The document carries macros or embedded files, or is protected. Save it as a PDF and send that.");
        }
    }

    private static byte[] Sector(Stream content, uint number, int sectorBytes)
    {
        var at = (number + 1L) * sectorBytes;
        if (at >= content.Length)
        {
            throw new EndOfStreamException();
        }

        content.Position = at;

        // The last sector of some writers is not filled.
        var bytes = new byte[sectorBytes];
        content.ReadAtLeast(bytes, sectorBytes, throwOnEndOfStream: false);
        return bytes;
    }

    private static IEnumerable<string> NamesIn(byte[] sector)
    {
        for (var at = 0; at + EntryBytes <= sector.Length; at += EntryBytes)
        {
            var length = Short(sector, at + 64);
            if (sector[at + 66] != 0 && length is >= 2 and <= 64)
            {
                yield return Encoding.Unicode.GetString(sector, at, length - 2);
            }
        }
    }

    // The table of chains lies in sectors of its own: the header names the first 109, a list of further sectors the rest.
    private static uint Next(Stream content, byte[] header, uint sector, int sectorBytes)
    {
        var perSector = sectorBytes / 4;
        var index = (int)(sector / perSector);
        uint table;
        if (index < HeaderTables)
        {
            table = Number(header, 76 + (index * 4));
        }
        else
        {
            index -= HeaderTables;
            var list = Number(header, 68);
            for (; index >= perSector - 1; index -= perSector - 1)
            {
                list = Number(Sector(content, list, sectorBytes), sectorBytes - 4);
            }

            table = Number(Sector(content, list, sectorBytes), index * 4);
        }

        return Number(Sector(content, table, sectorBytes), (int)(sector % perSector) * 4);
    }

    private static ushort Short(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static uint Number(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}
