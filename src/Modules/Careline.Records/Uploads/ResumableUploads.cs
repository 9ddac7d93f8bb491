using Careline.Audit.Contracts;
using Careline.Files.Contracts;
using Careline.Records.MedicalFiles;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Careline.Records.Uploads;

/// <summary>
/// Uploads that survive a weak line, by the protocol tus 1.0 (core, creation, expiration, termination): https://tus.io/protocols/resumable-upload. What has come is kept;
/// the last piece makes the document and answers its id in <c>Upload-File-Id</c>, which HEAD answers too, for whoever lost that answer.
/// </summary>
internal static class ResumableUploads
{
    private const string Version = "1.0.0";
    private const string PieceType = "application/offset+octet-stream";

    public static void Map(RouteGroupBuilder files)
    {
        files.MapMethods("/uploads/", [HttpMethods.Options], Describe)
            .Named("DescribeUploads", "What of tus 1.0 is understood.").ForReaders().WithOwnTransaction();
        files.MapPost("/uploads/", Begin)
            .Named("BeginUpload", "Begins an upload that can be resumed (tus 1.0): Upload-Length, and Upload-Metadata with filename, kind and title.")
            .ForReaders().WithOwnTransaction().LimitedAsUpload().Produces(StatusCodes.Status201Created);
        files.MapMethods("/uploads/{id:guid}/", [HttpMethods.Head], Tell)
            .Named("TellUpload", "How far an upload has come.").ForReaders().WithOwnTransaction().OpenToAll("Found by its sender only.");
        files.MapPatch("/uploads/{id:guid}/", Append)
            .Named("AppendToUpload", "Adds a piece at Upload-Offset.").ForReaders().WithOwnTransaction().OpenToAll("Found by its sender only.")
            .WithMetadata(new DisableRequestSizeLimitAttribute()).Produces(StatusCodes.Status204NoContent);
        files.MapDelete("/uploads/{id:guid}/", Terminate)
            .Named("TerminateUpload", "Forgets an upload that is not wanted any more.").ForReaders().WithOwnTransaction().OpenToAll("Found by its sender only.")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static NoContent Describe(HttpContext http, IFiles files)
    {
        var headers = http.Response.Headers;
        headers["Tus-Resumable"] = headers["Tus-Version"] = Version;
        headers["Tus-Extension"] = "creation,expiration,termination";
        headers["Tus-Max-Size"] = files.MostBytes(FilePurpose.MedicalDocument).ToString(CultureInfo.InvariantCulture);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> Begin(
        HttpContext http, Actor actor, CarelineDb db, IFiles files, IPartialFiles partials, FieldCipher cipher, AuditTrail trail, CancellationToken ct)
    {
        Speak(http);
        var length = Number(http, "Upload-Length") ?? throw new InvalidInput("upload_length", "The header Upload-Length is required.");
        if (length > files.MostBytes(FilePurpose.MedicalDocument))
        {
            throw new FileTooLarge("The file is larger than what is taken in.");
        }

        var metadata = UploadMetadata.Read(http.Request.Headers["Upload-Metadata"].ToString());
        var text = DocumentForm.Read(name => metadata[name]);
        var author = await Author.OfAsync(db, actor, PatientOf(metadata), ct);
        var offer = UploadDesk.OfferOf(new FilePart(metadata["filename"] ?? "", metadata["filetype"]), author, length);
        var partial = await partials.BeginAsync(offer, ct);
        db.Append(PendingUpload.Of(partial.Id, author, text, partial.ExpiresAt, cipher));
        trail.About("upload", partial.Id).Concerns(author.PatientId);
        await db.SaveChangesAsync(ct);
        http.Response.Headers.Location = $"/api/medical-files/uploads/{partial.Id}/";
        http.Response.Headers["Upload-Expires"] = partial.ExpiresAt.ToString("R", CultureInfo.InvariantCulture);
        return TypedResults.StatusCode(StatusCodes.Status201Created);
    }

    private static async Task<IResult> Tell(Guid id, HttpContext http, Actor actor, Uploading uploading, CancellationToken ct)
    {
        var upload = await uploading.FindAsync(id, actor, ct);
        Speak(http);
        await uploading.FinishAsync(upload, actor, ct);
        SayHowFar(http, upload);
        http.Response.Headers["Upload-Length"] = upload.Partial.Length.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok();
    }

    private static async Task<IResult> Append(
        Guid id, HttpContext http, Actor actor, Uploading uploading, IPartialFiles partials, CancellationToken ct)
    {
        var upload = await uploading.FindAsync(id, actor, ct);
        Speak(http);
        if (!string.Equals(http.Request.ContentType, PieceType, StringComparison.OrdinalIgnoreCase))
        {
            throw new BadHttpRequestException("Unsupported media type.", StatusCodes.Status415UnsupportedMediaType);
        }

        var offset = Number(http, "Upload-Offset") ?? throw new InvalidInput("upload_offset", "The header Upload-Offset is required.");
        upload.Partial = await partials.AppendAsync(id, upload.Pending.PatientId, offset, http.Request.Body, ct);
        await uploading.FinishAsync(upload, actor, ct);
        SayHowFar(http, upload);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> Terminate(Guid id, HttpContext http, Actor actor, Uploading uploading, IPartialFiles partials, CancellationToken ct)
    {
        var upload = await uploading.FindAsync(id, actor, ct);
        Speak(http);
        await partials.TerminateAsync(id, upload.Pending.PatientId, ct);
        await uploading.ForgetAsync(upload, ct);
        return TypedResults.NoContent();
    }

    private static void SayHowFar(HttpContext http, Upload upload)
    {
        http.Response.Headers["Upload-Offset"] = upload.Partial.Offset.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["Upload-Expires"] = upload.Partial.ExpiresAt.ToString("R", CultureInfo.InvariantCulture);
        if (upload.MedicalFileId is { } file)
        {
            http.Response.Headers["Upload-File-Id"] = file.ToString();
        }
    }

    // Both sides name the version in every message; of another one nothing is processed.
    private static void Speak(HttpContext http)
    {
        http.Response.Headers["Tus-Resumable"] = Version;
        if (http.Request.Headers["Tus-Resumable"] != Version)
        {
            http.Response.Headers["Tus-Version"] = Version;
            throw new PreconditionFailed();
        }
    }

    private static long? Number(HttpContext http, string header)
    {
        var text = http.Request.Headers[header].ToString();
        return text.Length == 0 ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new InvalidInput(header.Replace('-', '_').ToLowerInvariant(), $"The header {header} must be a whole number.");
    }

    private static Guid? PatientOf(UploadMetadata metadata) => metadata["patient_id"] is not { Length: > 0 } text ? null
        : Guid.TryParse(text, out var id) ? id : throw new InvalidInput("patient_id", "Must be a UUID.");
}
