using System.Security.Cryptography;
using Careline.Files.Intake;
using Careline.Files.Scanning;

namespace Careline.Files.Keeping;

/// <summary>The module's front: taking in, holding, letting go, giving out.</summary>
internal sealed class FileKeeper(CarelineDb db, TakeIn takeIn, Making making, IFileStore store, FieldCipher cipher, ScannerSettings scanner) : IFiles
{
    public long MostBytes(FilePurpose purpose) => takeIn.MostBytes(purpose);

    public Task<KeptFile> TakeInAsync(Stream content, FileOffer offer, CancellationToken ct) => db.Database.CurrentTransaction is null
        ? takeIn.RunAsync(content, offer, null, ct)
        : throw new InvalidOperationException("A transaction would stay open for as long as the sender's line takes: take the file in first.");

    public Task<KeptFile> MakeAsync(MadeFile file, Func<Stream, CancellationToken, Task> write, CancellationToken ct) => db.Database.CurrentTransaction is null
        ? making.RunAsync(file, write, ct)
        : throw new InvalidOperationException("A transaction would stay open for as long as writing takes: make the file first.");

    public async Task AttachAsync(Guid fileId, CancellationToken ct)
    {
        RequireTransaction();
        var attached = await db.Database.ExecuteSqlAsync(
            $"UPDATE files.files SET attached_at = {db.Now} WHERE id = {fileId} AND attached_at IS NULL AND released_at IS NULL", ct);
        if (attached != 1)
        {
            throw new RuleViolation("FILE_GONE", "The file is not there any more. Send it again.");
        }
    }

    public Task ReleaseAsync(Guid fileId, DateTimeOffset? keepUntil, CancellationToken ct)
    {
        RequireTransaction();
        var now = db.Now;
        return db.Database.ExecuteSqlAsync(
            $"""
            UPDATE files.files SET released_at = coalesce(released_at, {now}), keep_until = {keepUntil?.ToUniversalTime() ?? now}
            WHERE id = {fileId} AND destroyed_at IS NULL
            """,
            ct);
    }

    public async Task<FileReading?> OpenAsync(Guid fileId, FileCopy copy, CancellationToken ct)
    {
        var file = await db.Set<StoredFile>().Where(f => f.Id == fileId && f.ReleasedAt == null)
            .Select(f => new { f.Blob, f.Key, f.MediaType, f.Size, f.Sha256, f.ScanStatus, Copy = db.Set<StoredCopy>().FirstOrDefault(c => c.FileId == fileId && c.Copy == copy) })
            .FirstOrDefaultAsync(ct);
        if (file is { Copy: { } small })
        {
            return await ReadAsync(small.Blob, Unseal(small.Key, StoredCopy.PlaceOf(small.Id)), small.MediaType, small.Size, small.Sha256);
        }

        return file is null || copy == FileCopy.Thumbnail
            ? null : await ReadAsync(file.Blob, Unseal(file.Key!, FileLedger.PlaceOf(fileId)), file.MediaType, file.Size, file.Sha256);

        async Task<FileReading> ReadAsync(string blob, byte[] key, string mediaType, long size, string sha256)
        {
            try
            {
                return new(new UnsealingStream(await store.OpenAsync(blob, ct), key, blob, size), mediaType, $"\"{sha256[..32]}\"", file.ScanStatus, scanner.IsOn);
            }
            catch (FileNotFoundException)
            {
                throw CannotBeOpened();
            }
        }
    }

    private static Unavailable CannotBeOpened() => new("This file cannot be opened. The administrators of this installation can find out why.");

    private byte[] Unseal(byte[] key, string place)
    {
        try
        {
            return Convert.FromBase64String(cipher.Open(key, place));
        }
        catch (CryptographicException)
        {
            throw CannotBeOpened();
        }
    }

    private void RequireTransaction()
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("A file is held and let go in the transaction of the row that holds it.");
        }
    }
}
