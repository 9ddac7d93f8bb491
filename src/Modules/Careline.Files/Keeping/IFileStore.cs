namespace Careline.Files.Keeping;

/// <summary>Where encrypted bytes lie, under random names. It knows nothing of files, keys or people.</summary>
internal interface IFileStore
{
    /// <summary>Moves a finished blob from the spool to its place; when this returns it is there for good.</summary>
    Task PutAsync(string blob, string spooled, CancellationToken ct);

    /// <summary>Opens a blob.</summary>
    /// <exception cref="FileNotFoundException">There is none of this name.</exception>
    Task<StoredBytes> OpenAsync(string blob, CancellationToken ct);

    /// <summary>Removes a blob; nothing happens where there is none.</summary>
    Task DeleteAsync(string blob, CancellationToken ct);

    /// <summary>All blobs.</summary>
    IAsyncEnumerable<StoredBlob> ListAsync(CancellationToken ct);

    /// <summary>Whether this store bears this name; one that bears none takes it.</summary>
    Task<bool> IsOfAsync(Guid installation, CancellationToken ct);
}

/// <summary>A blob in a list.</summary>
/// <param name="Blob">Its name.</param>
/// <param name="StoredAt">When it was put there, by the store's own clock.</param>
internal readonly record struct StoredBlob(string Blob, DateTimeOffset StoredAt);

/// <summary>The bytes of an open blob.</summary>
internal abstract class StoredBytes : IDisposable
{
    /// <summary>Reads some bytes from a place; 0 at the end.</summary>
    public abstract int Read(long offset, Span<byte> buffer);

    /// <summary>Reads some bytes from a place; 0 at the end.</summary>
    public abstract ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken ct);

    public abstract void Dispose();
}
