using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Files.Contracts;

namespace Careline.Records.MedicalFiles;

/// <summary>A short link for a browser.</summary>
/// <param name="Url">Where the content is, for a minute and for whoever asked.</param>
/// <param name="ExpiresInSeconds">How long it is good.</param>
public sealed record ContentLink(string Url, int ExpiresInSeconds);

/// <summary>Gives out contents. What a browser cannot ask for with a token it opens by a short link, whose person is looked up again when it is used.</summary>
internal static class DownloadMedicalFile
{
    private const int LinkSeconds = 60;

    public static void Map(RouteGroupBuilder files)
    {
        files.MapGet("/{id:guid}/content/", Content)
            .Named("DownloadMedicalFile", "The newest content of a document, whole or in ranges; ?copy=screen gives a picture at the size of a screen.")
            .ForReaders().VisibleAs<MedicalFile>().ProducesBytes();
        files.MapGet("/{id:guid}/thumbnail/", Thumbnail)
            .Named("ShowMedicalFileThumbnail", "A small copy of a picture; 404 where there is none.").ForReaders().VisibleAs<MedicalFile>().ProducesBytes();
        files.MapPost("/{id:guid}/links/", MakeLink)
            .Named("LinkMedicalFile", "Makes a link to the content for a browser, good for a minute.").ForReaders().VisibleAs<MedicalFile>();
        files.MapGet("/links/{link}/", OpenLink)
            .Named("OpenMedicalFileLink", "The content behind a short link.").ForAnyone("The link is signed, good for a minute, and its person is asked for again.")
            .ProducesBytes();
    }

    private static async Task<IResult> Content(
        Guid id, string? copy, Actor actor, CarelineDb db, IFiles files, AuditTrail trail, CancellationToken ct)
    {
        var file = await GetMedicalFile.FindAsync(db, actor, id, ct);
        trail.About("medical_file", id).Concerns(file.PatientId);
        return await ServeAsync(files, file, CopyOf(copy), ct);
    }

    private static async Task<IResult> Thumbnail(Guid id, Actor actor, CarelineDb db, IFiles files, AuditTrail trail, CancellationToken ct)
    {
        var file = await GetMedicalFile.FindAsync(db, actor, id, ct);
        trail.About("medical_file", id).Concerns(file.PatientId);
        return await ServeAsync(files, file, FileCopy.Thumbnail, ct);
    }

    private static async Task<CreatedAnswer<ContentLink>> MakeLink(
        Guid id, Actor actor, CarelineDb db, IFileLinks links, AuditTrail trail, CancellationToken ct)
    {
        var file = await GetMedicalFile.FindAsync(db, actor, id, ct);
        trail.About("medical_file", id).Concerns(file.PatientId);
        await db.SaveChangesAsync(ct);
        return Answer.Created(
            new ContentLink($"/api/medical-files/links/{links.Make(new FileLink(file.FileId, FileCopy.Original, actor.AccountId))}/", LinkSeconds), "For a minute.");
    }

    private static async Task<IResult> OpenLink(
        string link, CarelineDb db, IFileLinks links, IAccountActors accounts, IFiles files, AuditTrail trail, CancellationToken ct)
    {
        if (links.Open(link) is not { } opened || await accounts.FindAsync(opened.AccountId, ct) is not { } actor)
        {
            throw new NotFound();
        }

        var file = await MedicalFile.VisibleTo(db, actor).FirstOrDefaultAsync(f => f.FileId == opened.FileId, ct) ?? throw new NotFound();
        trail.About("medical_file", file.Id).Concerns(file.PatientId).By(actor.AccountId);
        return await ServeAsync(files, file, opened.Copy, ct);
    }

    private static async Task<IResult> ServeAsync(IFiles files, MedicalFile file, FileCopy copy, CancellationToken ct) =>
        (await files.OpenAsync(file.FileId, copy, ct) ?? throw new NotFound()).AsAttachment(file.FileName);

    private static FileCopy CopyOf(string? copy) => copy switch
    {
        null or "" or "original" => FileCopy.Original,
        "screen" => FileCopy.Screen,
        _ => throw new InvalidInput("copy", "Must be original or screen."),
    };

    /// <summary>Documents an answer of bytes.</summary>
    public static RouteHandlerBuilder ProducesBytes(this RouteHandlerBuilder route) =>
        route.Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
}
