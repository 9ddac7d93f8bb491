using System.Buffers;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Careline.Files.Intake;
using Careline.Files.Keeping;
using Npgsql;

namespace Careline.Files.Partials;

/// <summary>Files in pieces. A piece counts once its bytes lie in the store and its row is committed: that is the offset a sender is told.</summary>
internal sealed class PartialFiles(CarelineDb db, TakeIn takeIn, Spool spool, IFileStore store, FileLedger ledger, FieldCipher cipher) : IPartialFiles
{
    private const int BufferBytes = 64 * 1024;

    // What is lost at most when this host ends in the middle of a piece.
    private const int PieceBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan _kept = TimeSpan.FromHours(24);

    public async Task<PartialFile> BeginAsync(FileOffer offer, CancellationToken ct)
    {
        var length = offer.Length ?? throw new ArgumentException("A partial file says how long it will be.", nameof(offer));
        await takeIn.CheckOfferAsync(offer, null, ct);
        var (id, now, owner) = (db.NewId(), db.Now, offer.Owner);
        var key = cipher.Seal(Convert.ToBase64String(RandomNumberGenerator.GetBytes(SegmentCipher.KeyBytes)), StoredPartial.KeyPlaceOf(id));
        var said = cipher.Seal(JsonSerializer.Serialize(offer), StoredPartial.OfferPlaceOf(id));
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await ledger.ReserveAsync((NpgsqlConnection)db.Database.GetDbConnection(), owner, length, null, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO files.partials (id, offer, key, length, received, person_id, clinic_id, created_at, expires_at)
            VALUES ({id}, {said}, {key}, {length}, 0, {owner.PersonId}, {owner.ClinicId}, {now}, {now + _kept})
            """,
            ct);
        await transaction.CommitAsync(CancellationToken.None);
        return new PartialFile(id, 0, length, now + _kept, null);
    }

    public async Task<PartialFile?> FindAsync(Guid id, Guid personId, CancellationToken ct) => (await LoadAsync(id, personId, ct))?.Shown();

    public async Task<PartialFile> AppendAsync(Guid id, Guid personId, long offset, Stream content, CancellationToken ct)
    {
        var partial = await LoadAsync(id, personId, ct) ?? throw new NotFound();
        if (offset != partial.Received || partial.FileId is not null)
        {
            throw Mismatch();
        }

        var (key, kind) = (KeyOf(partial), KindOf(partial));
        var received = offset;
        var isOver = false;
        while (!isOver)
        {
            await using var piece = spool.Begin(key);
            ExceptionDispatchInfo? broken = null;
            try
            {
                isOver = await FillAsync(piece, content, received == 0 ? kind : null, partial.Length - received, ct);
            }
            catch (Exception line) when (line is IOException or OperationCanceledException)
            {
                (isOver, broken) = (true, ExceptionDispatchInfo.Capture(line));
            }

            if (piece.Size > 0)
            {
                await KeepAsync(partial, piece, received);
                received += piece.Size;
            }

            broken?.Throw();
        }

        return partial.Shown() with { Offset = received };
    }

    public async Task<KeptFile> FinishAsync(Guid id, Guid personId, CancellationToken ct)
    {
        var partial = await LoadAsync(id, personId, ct) ?? throw new NotFound();
        if (partial.FileId is not null)
        {
            return await ShownAsync(partial, ct);
        }

        if (partial.Received != partial.Length)
        {
            throw new RuleViolation("UPLOAD_INCOMPLETE", "Not all of the file has come yet.");
        }

        KeptFile kept;
        try
        {
            var parts = await db.Set<StoredPart>().Where(p => p.PartialId == id).OrderBy(p => p.StartsAt).ToListAsync(ct);
            await using var whole = new JoinedStream(store, KeyOf(partial), parts);
            kept = await takeIn.RunAsync(whole, OfferOf(partial), id, ct);
        }
        catch (FileNotFoundException)
        {
            // Another call finished it meanwhile, and the pieces went.
            return await ShownAsync(await LoadAsync(id, personId, ct) ?? throw new NotFound(), ct);
        }
        catch (Refusal refused) when (refused is FileTooLarge or FileTypeRefused or InvalidInput)
        {
            await TerminateAsync(id, personId, CancellationToken.None);
            throw;
        }

        return await ReplaceAsync(partial, kept.Id) ? kept : await ShownAsync(await LoadAsync(id, personId, ct) ?? throw new NotFound(), ct);
    }

    public async Task<bool> TerminateAsync(Guid id, Guid personId, CancellationToken ct)
    {
        var found = await db.Set<StoredPartial>().AnyAsync(p => p.Id == id && p.PersonId == personId, ct);
        if (found)
        {
            await ForgetAsync(db, store, id, ct);
        }

        return found;
    }

    /// <summary>Removes a partial file: its rows first, so that bytes which stay behind belong to nobody and are swept.</summary>
    public static async Task ForgetAsync(CarelineDb db, IFileStore store, Guid id, CancellationToken ct)
    {
        var blobs = await db.Database.SqlQuery<string>($"SELECT blob AS \"Value\" FROM files.parts WHERE partial_id = {id}").ToListAsync(ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM files.partials WHERE id = {id}", ct);
        foreach (var blob in blobs)
        {
            await store.DeleteAsync(blob, CancellationToken.None);
        }
    }

    private Task<StoredPartial?> LoadAsync(Guid id, Guid personId, CancellationToken ct)
    {
        if (db.Database.CurrentTransaction is not null)
        {
            throw new InvalidOperationException("A transaction would stay open for as long as the sender's line takes.");
        }

        var now = db.Now;
        return db.Set<StoredPartial>().FirstOrDefaultAsync(p => p.Id == id && p.PersonId == personId && p.ExpiresAt > now, ct);
    }

    // Returns true when the sender has no more.
    private static async Task<bool> FillAsync(Draft piece, Stream content, FileKind? kind, long most, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (piece.Size < Math.Min(most, PieceBytes))
            {
                var read = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(BufferBytes, Math.Min(most, PieceBytes) - piece.Size)), ct);
                if (read == 0)
                {
                    return true;
                }

                // Enough to tell what it is: refused before the rest is sent. A shorter beginning is looked at with the whole.
                if (piece.Size == 0 && read >= FileKind.BeginningBytes)
                {
                    kind?.CheckBeginning(buffer.AsSpan(0, FileKind.BeginningBytes));
                }

                await piece.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
            }

            if (piece.Size < most)
            {
                return false;
            }

            return await content.ReadAsync(buffer.AsMemory(0, 1), ct) == 0 ? true : throw new FileTooLarge("More bytes came than were announced.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    // What has come is kept whatever became of the sender.
    private async Task KeepAsync(StoredPartial partial, Draft piece, long startsAt)
    {
        await piece.CompleteAsync(CancellationToken.None);
        await piece.KeepAsync(store, CancellationToken.None);
        var (id, blob, size) = (partial.Id, piece.Blob, piece.Size);
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        var moved = await db.Database.ExecuteSqlAsync(
            $"UPDATE files.partials SET received = received + {size} WHERE id = {id} AND received = {startsAt} AND file_id IS NULL", CancellationToken.None);
        if (moved != 1)
        {
            await transaction.RollbackAsync(CancellationToken.None);
            await store.DeleteAsync(blob, CancellationToken.None);
            throw Mismatch();
        }

        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO files.parts (partial_id, starts_at, size, blob) VALUES ({id}, {startsAt}, {size}, {blob})", CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }

    // The file takes the pieces' place. False where another call was faster: then its file counts, and ours is swept as nobody's.
    private async Task<bool> ReplaceAsync(StoredPartial partial, Guid fileId)
    {
        var id = partial.Id;
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        if (await db.Database.ExecuteSqlAsync($"UPDATE files.partials SET file_id = {fileId} WHERE id = {id} AND file_id IS NULL", CancellationToken.None) != 1)
        {
            return false;
        }

        var blobs = await db.Database.SqlQuery<string>($"DELETE FROM files.parts WHERE partial_id = {id} RETURNING blob AS \"Value\"").ToListAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        foreach (var blob in blobs)
        {
            await store.DeleteAsync(blob, CancellationToken.None);
        }

        return true;
    }

    private async Task<KeptFile> ShownAsync(StoredPartial partial, CancellationToken ct)
    {
        var id = partial.FileId;
        var file = await db.Set<StoredFile>().FirstOrDefaultAsync(f => f.Id == id && f.ReleasedAt == null, ct) ?? throw new NotFound();
        return new KeptFile(file.Id, FileNames.Clean(OfferOf(partial).FileName), file.MediaType, file.Size, file.Sha256, file.ScanStatus);
    }

    private byte[] KeyOf(StoredPartial partial) => Convert.FromBase64String(cipher.Open(partial.Key, StoredPartial.KeyPlaceOf(partial.Id)));

    private FileOffer OfferOf(StoredPartial partial) => JsonSerializer.Deserialize<FileOffer>(cipher.Open(partial.Offer, StoredPartial.OfferPlaceOf(partial.Id)))!;

    private FileKind KindOf(StoredPartial partial)
    {
        var offer = OfferOf(partial);
        return FileKind.Of(offer.Purpose, FileNames.Clean(offer.FileName), offer.MediaType);
    }

    private static RuleViolation Mismatch() => new("OFFSET_MISMATCH", "The file has come to another place meanwhile. Ask for the offset again.");
}
