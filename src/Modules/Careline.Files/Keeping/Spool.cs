using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Careline.Files.Keeping;

/// <summary>Where content waits, encrypted, until it was looked at: a folder of this host.</summary>
internal sealed class Spool(IOptions<FilesOptions> options)
{
    public string Folder { get; } = Path.Combine(options.Value.FolderOrDefault, "incoming");

    /// <summary>An empty draft under a new key.</summary>
    public Draft Begin() => Begin(RandomNumberGenerator.GetBytes(SegmentCipher.KeyBytes));

    /// <summary>An empty draft under a key that serves several.</summary>
    public Draft Begin(byte[] key)
    {
        OwnFolder.Create(Folder);
        var blob = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return new Draft(Path.Combine(Folder, blob), blob, key);
    }
}

/// <summary>Content on its way in. Gone with this object unless it was put into the store.</summary>
internal sealed class Draft : IAsyncDisposable
{
    private readonly string _path;
    private readonly FileStream _file;
    private readonly SealingStream _content;
    private bool _isComplete;

    public Draft(string path, string blob, byte[] key)
    {
        (_path, Blob, Key) = (path, blob, key);

        // A segment is written at a time: a buffer between would only copy it.
        _file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 });
        _content = new SealingStream(_file, key, blob);
    }

    /// <summary>Its random name in the store.</summary>
    public string Blob { get; }

    /// <summary>What it is encrypted with.</summary>
    public byte[] Key { get; }

    /// <summary>Takes the content.</summary>
    public Stream Content => _content;

    /// <summary>Bytes of content so far.</summary>
    public long Size => _content.Length;

    /// <summary>SHA-256 of the content once it is complete.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>Ends the content, and waits until the disk has it.</summary>
    public async Task CompleteAsync(CancellationToken ct)
    {
        Sha256 = await _content.CompleteAsync(ct);
        RandomAccess.FlushToDisk(_file.SafeFileHandle);
        _isComplete = true;
    }

    /// <summary>Reads what was written, to be looked at.</summary>
    public UnsealingStream Reopen() => new(new FolderBytes(_path), Key, Blob, Size);

    /// <summary>Puts it into the store for good.</summary>
    public async Task KeepAsync(IFileStore store, CancellationToken ct)
    {
        if (!_isComplete)
        {
            throw new InvalidOperationException("A draft that is not complete is not kept.");
        }

        await store.PutAsync(Blob, _path, ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _content.DisposeAsync();
        await _file.DisposeAsync();

        // A store may have taken the file itself; then there is nothing left to remove.
        File.Delete(_path);
    }
}
