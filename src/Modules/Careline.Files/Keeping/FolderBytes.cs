using Microsoft.Win32.SafeHandles;

namespace Careline.Files.Keeping;

/// <summary>A blob that is a file on this machine.</summary>
internal sealed class FolderBytes(string path) : StoredBytes
{
    private readonly SafeFileHandle _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);

    public override int Read(long offset, Span<byte> buffer) => RandomAccess.Read(_file, buffer, offset);

    // Linux has no other way to read a file for .NET than to block a thread of the pool: better this one than one that has to be woken for each segment.
    public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken ct) =>
        ct.IsCancellationRequested ? ValueTask.FromCanceled<int>(ct) : new(RandomAccess.Read(_file, buffer.Span, offset));

    public override void Dispose() => _file.Dispose();
}
