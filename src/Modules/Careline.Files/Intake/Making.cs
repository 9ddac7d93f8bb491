using Careline.Files.Keeping;

namespace Careline.Files.Intake;

/// <summary>The way of a file that Careline itself writes into the store: the bytes, the store, and last the row.</summary>
internal sealed class Making(Spool spool, IFileStore store, FileLedger ledger, TimeProvider clock)
{
    public async Task<KeptFile> RunAsync(MadeFile file, Func<Stream, CancellationToken, Task> write, CancellationToken ct)
    {
        await ledger.CheckQuotaAsync(file.Owner, 1, null, ct);
        await using var draft = spool.Begin();
        await write(draft.Content, ct);
        await draft.CompleteAsync(ct);
        await draft.KeepAsync(store, ct);
        try
        {
            var offer = new FileOffer { FileName = file.FileName, Purpose = FilePurpose.Export, Owner = file.Owner };
            return await ledger.EnterAsync(new NewFile(Ids.New(clock), FileNames.Clean(file.FileName), FileKind.Made(file.MediaType), draft, offer), null, ct);
        }
        catch
        {
            // Where this fails too the sweep finds the bytes, which no row names.
            await store.DeleteAsync(draft.Blob, CancellationToken.None);
            throw;
        }
    }
}
