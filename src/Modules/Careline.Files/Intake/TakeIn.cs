using System.Buffers;
using Careline.Files.Keeping;
using Careline.Files.Working;

namespace Careline.Files.Intake;

/// <summary>The way of a file into the store: name and type, then the bytes, then a look at all of them, then the store, and last the row.</summary>
internal sealed class TakeIn(FilesOptions options, Spool spool, IFileStore store, FileLedger ledger, WorkBell bell, TimeProvider clock)
{
    private const int BufferBytes = 64 * 1024;

    public long MostBytes(FilePurpose purpose) => purpose switch
    {
        FilePurpose.Picture => options.PictureBytes,
        FilePurpose.CredentialPaper => options.PaperBytes,
        _ => options.DocumentBytes,
    };

    /// <summary>Refuses what can be refused without a byte of content.</summary>
    public async Task<(string Name, FileKind Kind)> CheckOfferAsync(FileOffer offer, Guid? partialId, CancellationToken ct)
    {
        var name = FileNames.Clean(offer.FileName);
        var kind = FileKind.Of(offer.Purpose, name, offer.MediaType);
        if (offer.Length == 0)
        {
            throw Looking.Empty();
        }

        if (offer.Length > MostBytes(offer.Purpose))
        {
            throw TooLarge(offer.Purpose);
        }

        await ledger.CheckQuotaAsync(offer.Owner, offer.Length ?? 1, partialId, ct);
        return (name, kind);
    }

    /// <param name="content">Read to its end.</param>
    /// <param name="offer">What is said of it.</param>
    /// <param name="partialId">Where it was put together from pieces, which count no more once the whole does.</param>
    /// <param name="ct">Breaks it off; nothing is kept then.</param>
    public async Task<KeptFile> RunAsync(Stream content, FileOffer offer, Guid? partialId, CancellationToken ct)
    {
        var (name, kind) = await CheckOfferAsync(offer, partialId, ct);
        await using var came = spool.Begin();
        await FillAsync(came, content, kind, offer.Purpose, ct);
        await came.CompleteAsync(ct);
        if (!kind.IsPicture)
        {
            // A picture is kept as it is written anew, and anything else as it came.
            _ = came.FlushAsync();
        }

        await using var kept = await Looking.AtAsync(came, kind, spool, ct);
        await kept.KeepAsync(store, ct);
        try
        {
            var file = await ledger.EnterAsync(new NewFile(Ids.New(clock), name, kind, kept, offer), partialId, ct);
            bell.Ring();
            return file;
        }
        catch
        {
            // Where this fails too the sweep finds the bytes, which no row names.
            await store.DeleteAsync(kept.Blob, CancellationToken.None);
            throw;
        }
    }

    private async Task FillAsync(Draft draft, Stream content, FileKind kind, FilePurpose purpose, CancellationToken ct)
    {
        var most = MostBytes(purpose);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var held = await content.ReadAtLeastAsync(buffer.AsMemory(0, BufferBytes), FileKind.BeginningBytes, throwOnEndOfStream: false, ct);
            if (held == 0)
            {
                throw Looking.Empty();
            }

            kind.CheckBeginning(buffer.AsSpan(0, Math.Min(held, FileKind.BeginningBytes)));
            while (held > 0)
            {
                if (draft.Size + held > most)
                {
                    throw TooLarge(purpose);
                }

                await draft.WriteAsync(buffer.AsMemory(0, held), ct);
                held = await content.ReadAsync(buffer.AsMemory(0, BufferBytes), ct);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private FileTooLarge TooLarge(FilePurpose purpose) => new($"A file of this kind may have {MostBytes(purpose) / (1024 * 1024.0):0.#} MB.");
}
