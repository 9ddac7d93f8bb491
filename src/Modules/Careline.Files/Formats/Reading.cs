namespace Careline.Files.Formats;

/// <summary>Reads of a structure that ends where it must not.</summary>
internal static class Reading
{
    private const int ChunkBytes = 16 * 1024;

    /// <summary>The next bytes.</summary>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    public static byte[] Take(this Stream content, int count)
    {
        var bytes = new byte[count];
        content.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The next byte.</summary>
    /// <exception cref="EndOfStreamException">There is none.</exception>
    public static byte TakeByte(this Stream content) => content.ReadByte() is >= 0 and var value ? (byte)value : throw new EndOfStreamException();

    /// <summary>Copies the next bytes, or passes over them where the target is <see cref="Stream.Null"/>.</summary>
    public static void CopyNext(this Stream content, long count, Stream target, Action<ReadOnlySpan<byte>>? see = null)
    {
        var buffer = new byte[Math.Min(count, ChunkBytes)];
        while (count > 0)
        {
            var read = content.Read(buffer, 0, (int)Math.Min(count, buffer.Length));
            if (read == 0)
            {
                throw new EndOfStreamException();
            }

            see?.Invoke(buffer.AsSpan(0, read));
            target.Write(buffer, 0, read);
            count -= read;
        }
    }
}
