using System.Buffers;
using System.Security.Cryptography;

namespace Careline.Files.Keeping;

/// <summary>Decrypts a blob as it is read, from any place in it. A segment that is not what was written there throws, before any of its bytes is given out.</summary>
/// <param name="bytes">What the store holds.</param>
/// <param name="key">The blob's key.</param>
/// <param name="blob">The blob's name.</param>
/// <param name="size">Bytes of content, by which the last segment is known.</param>
internal sealed class UnsealingStream(StoredBytes bytes, byte[] key, string blob, long size) : Stream
{
    // A response takes 64 KiB before it makes its writer wait: given in pieces, a segment is on its way while the next one is opened.
    private const int MostAtOnce = 16 * 1024;

    private readonly SegmentCipher _cipher = new(key, blob);
    private readonly byte[] _sealed = ArrayPool<byte>.Shared.Rent(SegmentCipher.SealedBytes);
    private readonly byte[] _plain = ArrayPool<byte>.Shared.Rent(SegmentCipher.PlainBytes);
    private long _position;
    private long _loaded = -1;
    private bool _isDisposed;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => size;

    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == 0 || _position >= size)
        {
            return 0;
        }

        var number = _position / SegmentCipher.PlainBytes;
        if (number != _loaded)
        {
            var length = SealedLength(number);
            _loaded = -1;
            for (var read = 0; read < length;)
            {
                read += Some(bytes.Read(OffsetOf(number) + read, _sealed.AsSpan(read, length - read)));
            }

            Open(number, length);
        }

        return Give(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0 || _position >= size)
        {
            return 0;
        }

        var number = _position / SegmentCipher.PlainBytes;
        if (number != _loaded)
        {
            var length = SealedLength(number);
            _loaded = -1;
            for (var read = 0; read < length;)
            {
                read += Some(await bytes.ReadAsync(OffsetOf(number) + read, _sealed.AsMemory(read, length - read), cancellationToken));
            }

            Open(number, length);
        }

        return Give(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin)
    {
        var to = offset + (origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => _position, _ => size });
        return to < 0 ? throw new IOException("Before the beginning.") : _position = to;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _cipher.Dispose();
            ArrayPool<byte>.Shared.Return(_sealed);
            ArrayPool<byte>.Shared.Return(_plain, clearArray: true);
            bytes.Dispose();
        }

        base.Dispose(disposing);
    }

    private static long OffsetOf(long number) => number * SegmentCipher.SealedBytes;

    private int SealedLength(long number) =>
        (int)Math.Min(SegmentCipher.PlainBytes, size - (number * SegmentCipher.PlainBytes)) + SegmentCipher.TagBytes;

    private static int Some(int read) => read > 0 ? read : throw new AuthenticationTagMismatchException("The stored file ends too early.");

    private void Open(long number, int length)
    {
        _cipher.Open(number, number == SegmentCipher.SegmentsOf(size) - 1, _sealed.AsSpan(0, length), _plain);
        _loaded = number;
    }

    private int Give(Span<byte> buffer)
    {
        var start = (int)(_position % SegmentCipher.PlainBytes);
        var count = (int)Math.Min(Math.Min(SegmentCipher.PlainBytes - start, size - _position), Math.Min(buffer.Length, MostAtOnce));
        _plain.AsSpan(start, count).CopyTo(buffer);
        _position += count;
        return count;
    }
}
