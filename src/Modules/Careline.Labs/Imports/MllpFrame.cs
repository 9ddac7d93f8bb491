namespace Careline.Labs.Imports;

/// <summary>The frame of MLLP (HL7 v2, transport specification, release 2): 0x0B, the message, 0x1C 0x0D.</summary>
internal static class MllpFrame
{
    public const byte Start = 0x0B;
    public const byte End = 0x1C;
    public const byte Return = 0x0D;

    /// <summary>A message without the frame that files often carry along, and without a byte order mark.</summary>
    public static ReadOnlyMemory<byte> Unwrapped(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0 && bytes.Span[0] is Start or (byte)'\r' or (byte)'\n' or (byte)' ')
        {
            bytes = bytes[1..];
        }

        if (bytes.Span is [0xEF, 0xBB, 0xBF, ..])
        {
            bytes = bytes[3..];
        }

        while (bytes.Length > 0 && bytes.Span[^1] is Start or End or Return or (byte)'\n')
        {
            bytes = bytes[..^1];
        }

        return bytes;
    }

    /// <summary>The messages of a file, one after the other; the segments around a batch (FHS, BHS, BTS, FTS) are left out.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Messages(ReadOnlyMemory<byte> file)
    {
        var from = -1;
        for (var at = 0; at < file.Length;)
        {
            var line = file[at..];
            var isMessage = line.Span.StartsWith("MSH"u8);
            if (from >= 0 && (isMessage || line.Span.StartsWith("FHS"u8) || line.Span.StartsWith("BHS"u8) || line.Span.StartsWith("BTS"u8) || line.Span.StartsWith("FTS"u8)))
            {
                yield return Unwrapped(file[from..at]);
                from = -1;
            }

            from = isMessage ? at : from;
            var end = line.Span.IndexOfAny((byte)'\r', (byte)'\n', Start);
            at = end < 0 ? file.Length : at + end + 1;
        }

        if (from >= 0)
        {
            yield return Unwrapped(file[from..]);
        }
    }
}
