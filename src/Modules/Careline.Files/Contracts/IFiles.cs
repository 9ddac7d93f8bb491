namespace Careline.Files.Contracts;

/// <summary>
/// Takes files in, keeps them encrypted, gives them out. Who may see a file is not known here: whoever attaches it to something of theirs answers for that.
/// <para>
/// A file's life: taken in (nobody's yet) → attached, once, by the row that holds it → released when that row goes → destroyed when it need not be
/// kept any longer. What nobody attaches within an hour is destroyed.
/// </para>
/// </summary>
public interface IFiles
{
    /// <summary>The most bytes that a file may have. A route sets its limit on bodies a little higher, so that the refusal is ours.</summary>
    long MostBytes(FilePurpose purpose);

    /// <summary>
    /// Reads a file to its end, looks at it, and keeps it. Call it outside of a transaction (a route says <c>WithOwnTransaction</c>): reading takes as
    /// long as the sender's line. Nothing is kept when it throws or the caller goes away.
    /// </summary>
    /// <exception cref="FileTooLarge">413: of bytes, or of pixels. Before more than a buffer is read where <see cref="FileOffer.Length"/> tells.</exception>
    /// <exception cref="FileTypeRefused">415: not a kind for this purpose; or name, declared type and content disagree; or it holds something that runs.</exception>
    /// <exception cref="InvalidInput">400: empty (<c>FILE_EMPTY</c>), or broken (<c>FILE_BROKEN</c>).</exception>
    /// <exception cref="RuleViolation">409 <c>QUOTA_EXCEEDED</c>.</exception>
    Task<KeptFile> TakeInAsync(Stream content, FileOffer offer, CancellationToken ct);

    /// <summary>
    /// Keeps what Careline itself writes, encrypted on its way to the disk: nothing is looked at or scanned, since nobody sent it. Call it outside of a transaction, and
    /// attach the file as one that was taken in. Nothing is kept when <paramref name="write"/> throws.
    /// </summary>
    /// <exception cref="RuleViolation">409 <c>QUOTA_EXCEEDED</c>.</exception>
    Task<KeptFile> MakeAsync(MadeFile file, Func<Stream, CancellationToken, Task> write, CancellationToken ct);

    /// <summary>Takes a file over for a row of the caller's, in the caller's transaction. A file is attached once.</summary>
    /// <exception cref="RuleViolation">409 <c>FILE_GONE</c>: attached already, or nobody attached it for an hour.</exception>
    Task AttachAsync(Guid fileId, CancellationToken ct);

    /// <summary>
    /// Lets an attached file go, in the caller's transaction: from now on it does not open and counts towards no quota. Bytes and key are destroyed
    /// once <paramref name="keepUntil"/> has passed; null means as soon as may be. Called again it only moves that time, an erasure for example to now.
    /// </summary>
    Task ReleaseAsync(Guid fileId, DateTimeOffset? keepUntil, CancellationToken ct);

    /// <summary>
    /// Opens a file for reading, whatever the scanner says of it: <see cref="FileReading.AsAttachment"/> is where that counts. Null where there is none:
    /// unknown, released, or no copy of this size. Dispose the reading, or answer with it.
    /// </summary>
    Task<FileReading?> OpenAsync(Guid fileId, FileCopy copy, CancellationToken ct);
}
