namespace Careline.Files.Keeping;

/// <summary>A folder of this machine: <c>ab/cd/abcd…</c>, so that no folder grows too large. Only the owner can look into it.</summary>
internal sealed class FolderStore(string folder) : IFileStore
{
    private const string NameFile = "installation";

    public Task PutAsync(string blob, string spooled, CancellationToken ct)
    {
        var path = PathOf(blob);
        var parent = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(parent))
        {
            // The mode is that of the last folder only: each by itself.
            OwnFolder.Create(Path.GetDirectoryName(parent)!);
            OwnFolder.Create(parent);
            OwnFolder.Flush(Path.GetDirectoryName(parent)!);
            OwnFolder.Flush(folder);
        }

        // A name is random and its spool is made anew: there is nothing that this could replace.
        File.Move(spooled, path, overwrite: false);
        OwnFolder.Flush(parent);
        return Task.CompletedTask;
    }

    public Task<StoredBytes> OpenAsync(string blob, CancellationToken ct)
    {
        try
        {
            return Task.FromResult<StoredBytes>(new FolderBytes(PathOf(blob)));
        }
        catch (DirectoryNotFoundException gone)
        {
            throw new FileNotFoundException("There is no such blob.", gone);
        }
    }

    public Task DeleteAsync(string blob, CancellationToken ct)
    {
        try
        {
            File.Delete(PathOf(blob));
        }
        catch (DirectoryNotFoundException)
        {
        }

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<StoredBlob> ListAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        foreach (var outer in Directory.EnumerateDirectories(folder, "??"))
        {
            foreach (var path in Directory.EnumerateFiles(outer, "*", SearchOption.AllDirectories))
            {
                ct.ThrowIfCancellationRequested();
                yield return new StoredBlob(Path.GetFileName(path), File.GetLastWriteTimeUtc(path));
            }
        }
    }

    public async Task<bool> IsOfAsync(Guid installation, CancellationToken ct)
    {
        var path = Path.Combine(folder, NameFile);
        OwnFolder.Create(folder);
        if (!File.Exists(path))
        {
            var fresh = $"{path}.{installation:N}";
            await File.WriteAllTextAsync(fresh, installation.ToString("D", CultureInfo.InvariantCulture), ct);
            File.Move(fresh, path, overwrite: true);
        }

        return Guid.TryParse(await File.ReadAllTextAsync(path, ct), out var name) && name == installation;
    }

    private string PathOf(string blob) => Path.Combine(folder, blob[..2], blob[2..4], blob);
}
