using Microsoft.Win32.SafeHandles;

namespace Careline.Files.Keeping;

/// <summary>A blob that is a file on this machine.</summary>
internal sealed class FolderBytes(string path) : StoredBytes
{
    private readonly SafeFileHandle _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);

    public override int Read(long offset, Span<byte> buffer) => RandomAccess.Read(_file, buffer, offset);

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken ct) => RandomAccess.ReadAsync(_file, buffer, offset, ct);

    public override void Dispose() => _file.Dispose();
}
