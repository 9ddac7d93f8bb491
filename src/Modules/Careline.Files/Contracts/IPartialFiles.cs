namespace Careline.Files.Contracts;

/// <summary>
/// Files that come in pieces over weak lines. What has come is encrypted and stays when the line breaks, this host ends, or the next piece reaches another
/// host; 24 hours after the beginning it is forgotten. A partial file is found by its id and its person only.
/// </summary>
public interface IPartialFiles
{
    /// <summary>Begins a file. What can be refused by name, declared type, length and quota is refused now; the offer's length is needed.</summary>
    /// <exception cref="Refusal">As <see cref="IFiles.TakeInAsync"/>.</exception>
    Task<PartialFile> BeginAsync(FileOffer offer, CancellationToken ct);

    /// <summary>How far a file has come; null where there is none of this person's.</summary>
    Task<PartialFile?> FindAsync(Guid id, Guid personId, CancellationToken ct);

    /// <summary>
    /// Adds what the stream holds, at most up to the declared length. When the sender's line breaks, what has come is kept, and the offset says so.
    /// Call it outside of a transaction, with the request's token for <paramref name="ct"/>.
    /// </summary>
    /// <exception cref="RuleViolation">409 <c>OFFSET_MISMATCH</c>: it has come to another place meanwhile.</exception>
    /// <exception cref="NotFound">There is none of this person's.</exception>
    /// <exception cref="FileTooLarge">413: the stream goes on after the declared length.</exception>
    Task<PartialFile> AppendAsync(Guid id, Guid personId, long offset, Stream content, CancellationToken ct);

    /// <summary>
    /// Takes in what is complete, with all the checks of <see cref="IFiles.TakeInAsync"/>, outside of a transaction. Called again it answers the same file,
    /// so that a caller whose answer was lost may ask again; a refused one is forgotten.
    /// </summary>
    /// <exception cref="RuleViolation">409 <c>UPLOAD_INCOMPLETE</c>.</exception>
    Task<KeptFile> FinishAsync(Guid id, Guid personId, CancellationToken ct);

    /// <summary>Forgets a partial file at its sender's wish; a file that was taken in from it stays. False where there is none.</summary>
    Task<bool> TerminateAsync(Guid id, Guid personId, CancellationToken ct);
}

/// <summary>How far a file has come.</summary>
/// <param name="Id">Names the partial file.</param>
/// <param name="Offset">Bytes that are kept for good.</param>
/// <param name="Length">Bytes it will have.</param>
/// <param name="ExpiresAt">When it is forgotten.</param>
/// <param name="FileId">The file, once it was taken in.</param>
public sealed record PartialFile(Guid Id, long Offset, long Length, DateTimeOffset ExpiresAt, Guid? FileId)
{
    /// <summary>Whether all bytes have come.</summary>
    public bool IsComplete => Offset == Length;
}
