using System.Security.Cryptography;

namespace Careline.Files.Keeping;

/// <summary>Where content waits, encrypted, until it was looked at: a folder of this host.</summary>
internal sealed class Spool(FilesOptions options)
{
    public string Folder { get; } = Path.Combine(options.Folder ?? Path.Combine(Path.GetTempPath(), "careline-files"), "incoming");

    /// <summary>An empty draft under a new key.</summary>
    public Draft Begin() => Begin(RandomNumberGenerator.GetBytes(SegmentCipher.KeyBytes));

    /// <summary>An empty draft under a key that serves several.</summary>
    public Draft Begin(byte[] key)
    {
        OwnFolder.Create(Path.GetDirectoryName(Folder)!);
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
    private Task? _onDisk;

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

    /// <summary>Takes more of the content.</summary>
    /// <exception cref="Unavailable">The disk is full, or gone: other than when the sender's line breaks, it is ours to say.</exception>
    public Task WriteAsync(ReadOnlyMemory<byte> content, CancellationToken ct) => OnDiskAsync(() => _content.WriteAsync(content, ct).AsTask());

    /// <summary>Ends the content.</summary>
    /// <exception cref="Unavailable">The disk is full, or gone.</exception>
    public async Task CompleteAsync(CancellationToken ct)
    {
        await OnDiskAsync(async () => Sha256 = await _content.CompleteAsync(ct));
        _isComplete = true;
    }

    /// <summary>Has the disk take it, whoever asks first; a look at the content need not wait for that.</summary>
    /// <exception cref="Unavailable">The disk is full, or gone.</exception>
    public Task FlushAsync() => _onDisk ??= OnDiskAsync(() => Task.Factory.StartNew(
        () => RandomAccess.FlushToDisk(_file.SafeFileHandle), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));

    /// <summary>Reads what was written, to be looked at.</summary>
    public UnsealingStream Reopen() => new(new FolderBytes(_path), Key, Blob, Size);

    /// <summary>Puts it into the store for good, once the disk has it.</summary>
    /// <exception cref="Unavailable">The store is full, or gone.</exception>
    public async Task KeepAsync(IFileStore store, CancellationToken ct)
    {
        if (!_isComplete)
        {
            throw new InvalidOperationException("A draft that is not complete is not kept.");
        }

        await FlushAsync();
        await OnDiskAsync(() => store.PutAsync(Blob, _path, ct));
    }

    public async ValueTask DisposeAsync()
    {
        // What failed there was said to whoever would have kept it.
        await (_onDisk ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _content.DisposeAsync();
        await _file.DisposeAsync();

        // A store may have taken the file itself; then there is nothing left to remove.
        File.Delete(_path);
    }

    private static async Task OnDiskAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new Unavailable("The file cannot be kept at present. Try again shortly.", failed);
        }
    }
}
