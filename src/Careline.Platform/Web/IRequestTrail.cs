namespace Careline.Platform.Web;

/// <summary>
/// What must be recorded of a request before its answer leaves. The Audit module implements it; the platform calls it where requests pass.
/// </summary>
public interface IRequestTrail
{
    /// <summary>A save is about to happen: the record of a change joins its transaction.</summary>
    void BeforeSave(CarelineDb db);

    /// <summary>The write's transaction is about to commit: a record that no save carried yet is written now.</summary>
    Task BeforeCommitAsync(CarelineDb db, CancellationToken ct);

    /// <summary>The transaction was rolled back and the handler will run again: forget what it said.</summary>
    void Restart();

    /// <summary>A read is about to be answered: its record is committed first, in a group with its neighbours.</summary>
    ValueTask BeforeAnswerAsync(HttpContext http);

    /// <summary>The request was refused with 403 or 404.</summary>
    ValueTask RefusedAsync(HttpContext http, int status);
}
