using System.Security.Cryptography;
using Careline.Files.Keeping;

namespace Careline.Files.Checking;

/// <summary>Reads everything that is kept. What is destroyed while it reads is not missed.</summary>
internal sealed class FileCheck(IServiceScopeFactory scopes, IFileStore store, FieldCipher cipher) : IFileCheck
{
    private const int AtOnce = 200;

    public async Task<FileCheckOutcome> VerifyAsync(Action<long> progress, CancellationToken ct)
    {
        var (whole, bytes, broken) = (0L, 0L, new List<BrokenFile>());
        var last = Guid.Empty;
        while (await ReadAsync(last, ct) is { Count: > 0 } kept)
        {
            foreach (var one in kept)
            {
                if (await FaultOfAsync(one, ct) is { } fault)
                {
                    broken.Add(new BrokenFile(one.FileId, one.Copy, fault));
                }
                else
                {
                    (whole, bytes) = (whole + 1, bytes + one.Size);
                }
            }

            last = kept[^1].FileId;
            progress(whole + broken.Count);
        }

        return new FileCheckOutcome(whole, bytes, broken);
    }

    private async Task<List<Kept>> ReadAsync(Guid after, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        var files = await db.Set<StoredFile>().Where(f => f.Id > after && f.DestroyedAt == null).OrderBy(f => f.Id).Take(AtOnce)
            .Select(f => new Kept(f.Id, FileCopy.Original, f.Id, f.Blob, f.Key!, f.Size, f.Sha256)).ToListAsync(ct);
        var ids = files.ConvertAll(f => f.FileId);
        var copies = await db.Set<StoredCopy>().Where(c => ids.Contains(c.FileId))
            .Select(c => new Kept(c.FileId, c.Copy, c.Id, c.Blob, c.Key, c.Size, c.Sha256)).ToListAsync(ct);
        return [.. files.Concat(copies).OrderBy(k => k.FileId)];
    }

    private async Task<string?> FaultOfAsync(Kept kept, CancellationToken ct)
    {
        byte[] key;
        try
        {
            key = Convert.FromBase64String(cipher.Open(kept.Key, kept.Copy == FileCopy.Original ? FileLedger.PlaceOf(kept.KeyId) : StoredCopy.PlaceOf(kept.KeyId)));
        }
        catch (CryptographicException)
        {
            return "unreadable_key";
        }

        try
        {
            await using var content = new UnsealingStream(await store.OpenAsync(kept.Blob, ct), key, kept.Blob, kept.Size);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct)) == kept.Sha256 ? null : "changed";
        }
        catch (CryptographicException)
        {
            return "changed";
        }
        catch (FileNotFoundException)
        {
            return await IsStillKeptAsync(kept, ct) ? "missing" : null;
        }
    }

    private async Task<bool> IsStillKeptAsync(Kept kept, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        return await db.Set<StoredFile>().AnyAsync(f => f.Id == kept.FileId && f.DestroyedAt == null, ct);
    }

    private sealed record Kept(Guid FileId, FileCopy Copy, Guid KeyId, string Blob, byte[] Key, long Size, string Sha256);
}
