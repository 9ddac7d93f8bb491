using System.Security.Cryptography;
using Careline.Audit.Contracts;
using Careline.Files.Contracts;
using Careline.Records.MedicalFiles;

namespace Careline.Records.Sharing;

/// <summary>
/// Opens a document by a link that its patient gave away. Each opening counts, also of a part, and stands in the patient's access log. A link that is over, used up, or
/// was never made is 404 alike; only a code that is missing or wrong is told.
/// </summary>
internal static class OpenSharedFile
{
    public static void Map(RouteGroupBuilder files) => files.MapGet("/shared/{token}/", Handle)
        .Named("OpenSharedFile", "The content of a document that was shared by a link; ?code= where one is asked for.")
        .ForAnyone("The link is the key; it was given away by the patient.").LimitedAsAuth().ProducesBytes();

    private static async Task<IResult> Handle(
        string token, string? code, CarelineDb db, IFiles files, AuditTrail trail, CancellationToken ct)
    {
        var hash = OpaqueToken.HashOf(token);
        var found = await (
            from s in Share.Live(db)
            join f in db.Set<MedicalFile>() on s.MedicalFileId equals f.Id
            where s.TokenHash == hash
            select new { s.Id, s.CodeHash, s.CodeTries, FileId = f.Id, f.PatientId, Content = f.FileId, f.FileName }).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        if (found.CodeTries >= Share.MostCodeTries)
        {
            throw new NotFound();
        }

        trail.About("share", found.Id).Concerns(found.PatientId);
        await CheckCodeAsync(db, trail, found.Id, found.CodeHash, code, ct);
        var reading = await files.OpenAsync(found.Content, FileCopy.Original, ct) ?? throw new NotFound();
        var answer = reading.AsAttachment(found.FileName);
        try
        {
            await CountAsync(db, found.Id, ct);
            return answer;
        }
        catch
        {
            await reading.DisposeAsync();
            throw;
        }
    }

    // Before a byte leaves, and by the database: two at once do not both take the last one.
    private static async Task CountAsync(CarelineDb db, Guid shareId, CancellationToken ct)
    {
        var counted = await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE records.shares SET downloads = downloads + 1, last_opened_at = {db.Now}
            WHERE id = {shareId} AND ended_at IS NULL AND (max_downloads IS NULL OR downloads < max_downloads)
            """,
            ct);
        if (counted != 1)
        {
            throw new NotFound();
        }
    }

    private static async Task CheckCodeAsync(CarelineDb db, AuditTrail trail, Guid shareId, byte[]? hash, string? code, CancellationToken ct)
    {
        if (hash is null)
        {
            return;
        }

        if (string.IsNullOrEmpty(code))
        {
            throw new Unauthenticated("CODE_REQUIRED", "This link asks for a code: add ?code=.");
        }

        // The try is counted before it is looked at, so that many at once do not have more than five between them.
        var counted = await db.Database.ExecuteSqlAsync(
            $"UPDATE records.shares SET code_tries = code_tries + 1 WHERE id = {shareId} AND code_tries < {Share.MostCodeTries}", ct);
        if (counted == 0)
        {
            throw new NotFound();
        }

        if (!CryptographicOperations.FixedTimeEquals(hash, Share.HashOf(shareId, code)))
        {
            await trail.RefusedAsync("shared_file_refused", "wrong_code");
            throw new Unauthenticated("CODE_INVALID", "The code is wrong. After five wrong ones the link is over.");
        }

        await db.Database.ExecuteSqlAsync($"UPDATE records.shares SET code_tries = 0 WHERE id = {shareId}", ct);
    }
}
