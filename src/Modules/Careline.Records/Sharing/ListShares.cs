using Careline.Audit.Contracts;
using Careline.Records.MedicalFiles;

namespace Careline.Records.Sharing;

/// <summary>To whom a document was opened.</summary>
/// <param name="Id">The share.</param>
/// <param name="UserId">A person.</param>
/// <param name="ClinicId">The staff of a clinic.</param>
/// <param name="CareRole">A role in care.</param>
/// <param name="Link">Whoever has its address.</param>
/// <param name="HasCode">A code is asked for.</param>
/// <param name="MaxDownloads">How often the link opens at most.</param>
/// <param name="Downloads">How often it was opened.</param>
/// <param name="LastOpenedAt">When it was last opened.</param>
/// <param name="CreatedAt">When it was shared.</param>
/// <param name="ExpiresAt">First moment after it.</param>
/// <param name="EndedAt">When it was ended.</param>
/// <param name="IsOpen">It opens the document at this moment.</param>
public sealed record ShareResponse(
    Guid Id,
    Guid? UserId,
    Guid? ClinicId,
    CareRole? CareRole,
    bool Link,
    bool HasCode,
    int? MaxDownloads,
    int Downloads,
    DateTimeOffset? LastOpenedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? EndedAt,
    bool IsOpen);

internal static class ListShares
{
    public static void Map(RouteGroupBuilder files)
    {
        files.MapGet("/{id:guid}/shares/", Handle)
            .Named("ListShares", "Lists to whom a document was opened, and how often a link was used.").ForReaders().VisibleAs<MedicalFile>();
        files.MapDelete("/{id:guid}/shares/{shareId:guid}/", End)
            .Named("EndShare", "Closes a document to somebody at once.").ForReaders().VisibleAs<MedicalFile>();
    }

    private static async Task<PageAnswer<ShareResponse>> Handle(
        Guid id, ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var file = await ShareMedicalFile.RequireSharingAsync(db, actor, id, ct);
        query.Ordering("-created_at");
        var live = Share.Live(db);
        trail.About("medical_file", id).Concerns(file.PatientId);
        return Answer.Page(await query.PageAsync(
            db.Set<Share>().Where(s => s.MedicalFileId == id).OrderByDescending(s => s.CreatedAt).ThenByDescending(s => s.Id),
            s => new ShareResponse(
                s.Id,
                s.AccountId,
                s.ClinicId,
                s.CareRole,
                s.TokenHash != null,
                s.CodeHash != null,
                s.MaxDownloads,
                s.Downloads,
                s.LastOpenedAt,
                s.CreatedAt,
                s.ExpiresAt,
                s.EndedAt,
                live.Any(l => l.Id == s.Id) && (s.MaxDownloads == null || s.Downloads < s.MaxDownloads) && s.CodeTries < Share.MostCodeTries),
            ct));
    }

    private static async Task<DeletedAnswer> End(Guid id, Guid shareId, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var file = await ShareMedicalFile.RequireSharingAsync(db, actor, id, ct);
        var ended = await db.Database.ExecuteSqlAsync(
            $"UPDATE records.shares SET ended_at = {db.Now} WHERE id = {shareId} AND medical_file_id = {id} AND ended_at IS NULL", ct);
        if (ended == 0)
        {
            throw new NotFound();
        }

        trail.About("share", shareId).Concerns(file.PatientId);
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }
}
