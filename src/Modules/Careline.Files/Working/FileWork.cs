using Careline.Files.Intake;
using Careline.Files.Keeping;
using Careline.Files.Pictures;
using Careline.Files.Scanning;
using Microsoft.Extensions.Logging;

namespace Careline.Files.Working;

/// <summary>What one file needs after it came.</summary>
internal sealed partial class FileWork(
    CarelineDb db, IFileStore store, Spool spool, FieldCipher cipher, ScannerSettings scanner, Clamd clamd, PictureProgram program, ILogger<FileWork> log)
{
    private const int MostCopyTries = 3;

    public async Task DoAsync(Guid id, CancellationToken ct)
    {
        var file = await db.Set<StoredFile>().FirstOrDefaultAsync(f => f.Id == id && f.DestroyedAt == null, ct);
        if (file is null || file.ScanStatus == ScanStatus.Infected)
        {
            await EndAsync(id, ct);
            return;
        }

        if (scanner.IsOn && file.ScanStatus != ScanStatus.Clean && !await ScanAsync(file, ct))
        {
            return;
        }

        if (FileKind.IsPictureType(file.MediaType) && program.IsThere && !await CopyAsync(file, ct))
        {
            return;
        }

        await EndAsync(id, ct);
    }

    // True where it is clean; otherwise what follows is settled already.
    private async Task<bool> ScanAsync(StoredFile file, CancellationToken ct)
    {
        var (id, now) = (file.Id, db.Now);
        try
        {
            await using var content = await OpenAsync(file, ct);
            if (await clamd.FindAsync(content, ct) is not { } finding)
            {
                await db.Database.ExecuteSqlAsync($"UPDATE files.files SET scan_status = 'clean', scanned_at = {now}, work_tries = 0 WHERE id = {id}", ct);
                return true;
            }

            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var found = await db.Database.ExecuteSqlAsync(
                $"""
                UPDATE files.files SET scan_status = 'infected', scanned_at = {now}, finding = {finding}, work_due_at = NULL
                WHERE id = {id} AND scan_status <> 'infected'
                """,
                ct);
            if (found == 1)
            {
                db.Publish(new FileFoundInfected(id));
                await db.SaveChangesAsync(ct);
            }

            await transaction.CommitAsync(CancellationToken.None);
            LogInfected(log, id);
            return false;
        }
        catch (Exception error) when (error is IOException or System.Security.Cryptography.CryptographicException)
        {
            LogNotScanned(log, id, file.WorkTries, error.GetType().Name);
            await db.Database.ExecuteSqlAsync(
                $"UPDATE files.files SET scan_status = 'failed', work_due_at = {now + PauseAfter(file.WorkTries)} WHERE id = {id} AND scan_status <> 'infected'", ct);
            return false;
        }
    }

    // True where nothing more is to be tried: a picture that cannot be decoded is still the file that was taken in.
    private async Task<bool> CopyAsync(StoredFile file, CancellationToken ct)
    {
        try
        {
            await CopyAsync(file, FileCopy.Thumbnail, PictureProgram.ThumbnailPixels, ct);
            await CopyAsync(file, FileCopy.Screen, PictureProgram.ScreenPixels, ct);
            return true;
        }
        catch (Exception error) when (error is IOException or DbUpdateException or Npgsql.PostgresException)
        {
            LogNotCopied(log, file.Id, file.WorkTries, error.GetType().Name);
            if (file.WorkTries >= MostCopyTries)
            {
                return true;
            }

            var (id, due) = (file.Id, db.Now + PauseAfter(file.WorkTries));
            await db.Database.ExecuteSqlAsync($"UPDATE files.files SET work_due_at = {due} WHERE id = {id}", ct);
            return false;
        }
    }

    private async Task CopyAsync(StoredFile file, FileCopy copy, int pixels, CancellationToken ct)
    {
        if (await db.Set<StoredCopy>().AnyAsync(c => c.FileId == file.Id && c.Copy == copy, ct))
        {
            return;
        }

        await using var draft = spool.Begin();
        await using (var content = await OpenAsync(file, ct))
        {
            await program.ShrinkAsync(content, draft.Content, pixels, ct);
        }

        await draft.CompleteAsync(ct);

        // A copy for slow lines that is no lighter than the picture serves nobody.
        if (copy == FileCopy.Screen && draft.Size >= file.Size)
        {
            return;
        }

        await draft.KeepAsync(store, ct);
        var (id, now, text) = (db.NewId(), db.Now, EnumText<FileCopy>.Of(copy));
        var key = cipher.Seal(Convert.ToBase64String(draft.Key), StoredCopy.PlaceOf(id));
        var entered = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO files.copies (id, file_id, copy, blob, key, media_type, size, sha256, created_at)
            SELECT {id}, id, {text}, {draft.Blob}, {key}, {PictureProgram.MediaType}, {draft.Size}, {draft.Sha256}, {now}
            FROM files.files WHERE id = {file.Id} AND destroyed_at IS NULL
            ON CONFLICT (file_id, copy) DO NOTHING
            """,
            ct);
        if (entered == 0)
        {
            await store.DeleteAsync(draft.Blob, CancellationToken.None);
        }
    }

    private async Task<UnsealingStream> OpenAsync(StoredFile file, CancellationToken ct) => new(
        await store.OpenAsync(file.Blob, ct), Convert.FromBase64String(cipher.Open(file.Key!, FileLedger.PlaceOf(file.Id))), file.Blob, file.Size);

    private Task<int> EndAsync(Guid id, CancellationToken ct) => db.Database.ExecuteSqlAsync($"UPDATE files.files SET work_due_at = NULL, work_tries = 0 WHERE id = {id}", ct);

    // One minute, then twice as long each time, to six hours.
    private static TimeSpan PauseAfter(int tries) => TimeSpan.FromMinutes(Math.Min(Math.Pow(2, Math.Max(0, tries - 1)), 360));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The scanner found something in file {FileId}")]
    private static partial void LogInfected(ILogger logger, Guid fileId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "File {FileId} was not scanned (try {Tries}): {ErrorType}")]
    private static partial void LogNotScanned(ILogger logger, Guid fileId, int tries, string errorType);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Picture {FileId} has no copies (try {Tries}): {ErrorType}")]
    private static partial void LogNotCopied(ILogger logger, Guid fileId, int tries, string errorType);
}
