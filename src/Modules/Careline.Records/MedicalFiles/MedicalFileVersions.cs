using Careline.Audit.Contracts;
using Careline.Files.Contracts;

namespace Careline.Records.MedicalFiles;

/// <summary>One content that a document had or has.</summary>
/// <param name="Number">From 1; the largest is the present one.</param>
/// <param name="FileName">Its name.</param>
/// <param name="MediaType">Found out from the content.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Of the content, lower-case hexadecimal.</param>
/// <param name="UploadedBy">The account that added it.</param>
/// <param name="CreatedAt">When.</param>
public sealed record MedicalFileVersionResponse(
    int Number, string FileName, string MediaType, long Size, string Sha256, Guid UploadedBy, DateTimeOffset CreatedAt);

internal static class MedicalFileVersions
{
    public static void Map(RouteGroupBuilder files)
    {
        files.MapGet("/{id:guid}/versions/", List)
            .Named("ListMedicalFileVersions", "Lists the contents that a document has had, the newest first.").ForReaders().VisibleAs<MedicalFile>();
        files.MapPost("/{id:guid}/versions/", Add)
            .Named("RenewMedicalFile", "Puts new content in the place of the present one, which stays as a version.").VisibleAs<MedicalFile>().TakesFile();
        files.MapGet("/{id:guid}/versions/{number:int}/content/", Content)
            .Named("DownloadMedicalFileVersion", "An earlier content of a document.").ForReaders().VisibleAs<MedicalFile>().ProducesBytes();
    }

    private static async Task<PageAnswer<MedicalFileVersionResponse>> List(
        Guid id, ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var file = await GetMedicalFile.FindAsync(db, actor, id, ct);
        query.Ordering("-number");
        trail.About("medical_file", id).Concerns(file.PatientId);
        return Answer.Page(await query.PageAsync(
            from v in db.Set<MedicalFileVersion>()
            join c in db.Set<FileRow>() on v.FileId equals c.Id
            where v.MedicalFileId == id
            orderby v.Number descending
            select new MedicalFileVersionResponse(v.Number, v.FileName, c.MediaType, c.Size, c.Sha256, v.UploadedBy, v.CreatedAt),
            ct));
    }

    private static async Task<CreatedAnswer<MedicalFileResponse>> Add(
        Guid id, HttpContext http, IfMatch ifMatch, Actor actor, CarelineDb db, IFiles files, IActorNames names, AuditTrail trail, CancellationToken ct)
    {
        FileForm.CheckLength(http, files, FilePurpose.MedicalDocument);
        var seen = await ReplaceMedicalFile.LoadAsync(db, actor, id, ct);
        ifMatch.Check(seen);
        db.Forget();
        var author = new Author(seen.PatientId, actor.AccountId, seen.IsByClinician);
        var upload = await FileForm.ReadAsync(http, (_, content, part) => files.TakeInAsync(content, UploadDesk.OfferOf(part, author), ct));
        var kept = upload.Content ?? throw new InvalidInput("file", "This field is required.");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);

        // While the file was on its way the care may have ended, or another may have been quicker, whom the row's version tells apart.
        var file = await ReplaceMedicalFile.LoadAsync(db, actor, id, ct);
        ifMatch.Check(file);
        await files.AttachAsync(kept.Id, ct);
        db.Add(file.Renew(kept, actor.AccountId, db.Now));
        trail.About("medical_file", id).Concerns(file.PatientId);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        return Answer.Created(await MedicalFileResponse.OneAsync(db, names, id, ct), "New content added.");
    }

    private static async Task<IResult> Content(
        Guid id, int number, Actor actor, CarelineDb db, IFiles files, AuditTrail trail, CancellationToken ct)
    {
        var file = await GetMedicalFile.FindAsync(db, actor, id, ct);
        var version = await db.Set<MedicalFileVersion>().FirstOrDefaultAsync(v => v.MedicalFileId == id && v.Number == number, ct) ?? throw new NotFound();
        trail.About("medical_file", id).Concerns(file.PatientId);
        return (await files.OpenAsync(version.FileId, FileCopy.Original, ct) ?? throw new NotFound()).AsAttachment(version.FileName);
    }
}
