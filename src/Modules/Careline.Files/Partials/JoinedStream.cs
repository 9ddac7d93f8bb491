using Careline.Files.Keeping;

namespace Careline.Files.Partials;

/// <summary>Reads the pieces of a partial file one after the other.</summary>
internal sealed class JoinedStream(IFileStore store, byte[] key, IReadOnlyList<StoredPart> parts) : Stream
{
    private int _next;
    private UnsealingStream? _part;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (_part is not null && await _part.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                return read;
            }

            if (_next == parts.Count)
            {
                return 0;
            }

            _part?.Dispose();
            var part = parts[_next++];
            _part = new UnsealingStream(await store.OpenAsync(part.Blob, cancellationToken), key, part.Blob, part.Size);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _part?.Dispose();
        }

        base.Dispose(disposing);
    }
}
