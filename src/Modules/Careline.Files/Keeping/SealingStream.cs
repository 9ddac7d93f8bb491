using System.Buffers;
using System.Security.Cryptography;

namespace Careline.Files.Keeping;

/// <summary>Encrypts what is written to it, segment by segment, and hashes it on the way. Nothing is complete before <see cref="CompleteAsync"/>.</summary>
internal sealed class SealingStream(Stream target, byte[] key, string blob) : Stream
{
    private readonly SegmentCipher _cipher = new(key, blob);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _plain = ArrayPool<byte>.Shared.Rent(SegmentCipher.PlainBytes);
    private readonly byte[] _sealed = ArrayPool<byte>.Shared.Rent(SegmentCipher.SealedBytes);
    private int _held;
    private long _number;
    private long _size;
    private bool _isDisposed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    /// <summary>Bytes of content so far.</summary>
    public override long Length => _size;

    public override long Position
    {
        get => _size;
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (_held == SegmentCipher.PlainBytes)
            {
                target.Write(_sealed, 0, SealHeld(isLast: false));
            }

            var taken = Take(buffer);
            buffer = buffer[taken..];
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            // A full segment waits for the next byte, since only the end tells whether it was the last.
            if (_held == SegmentCipher.PlainBytes)
            {
                await target.WriteAsync(_sealed.AsMemory(0, SealHeld(isLast: false)), cancellationToken);
            }

            buffer = buffer[Take(buffer.Span)..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Writes the last segment; returns the content's SHA-256, lower-case hexadecimal.</summary>
    public async Task<string> CompleteAsync(CancellationToken ct)
    {
        await target.WriteAsync(_sealed.AsMemory(0, SealHeld(isLast: true)), ct);
        await target.FlushAsync(ct);
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _cipher.Dispose();
            _hash.Dispose();
            ArrayPool<byte>.Shared.Return(_plain, clearArray: true);
            ArrayPool<byte>.Shared.Return(_sealed);
        }

        base.Dispose(disposing);
    }

    private int Take(ReadOnlySpan<byte> buffer)
    {
        var taken = Math.Min(buffer.Length, SegmentCipher.PlainBytes - _held);
        buffer[..taken].CopyTo(_plain.AsSpan(_held));
        _hash.AppendData(buffer[..taken]);
        _held += taken;
        _size += taken;
        return taken;
    }

    private int SealHeld(bool isLast)
    {
        var length = _cipher.Seal(_number++, isLast, _plain.AsSpan(0, _held), _sealed);
        _held = 0;
        return length;
    }
}
