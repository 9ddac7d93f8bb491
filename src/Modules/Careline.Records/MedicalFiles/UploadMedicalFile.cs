using Careline.Audit.Contracts;
using Careline.Files.Contracts;

namespace Careline.Records.MedicalFiles;

/// <summary>Takes a document in, as multipart/form-data: <c>file</c>, <c>kind</c> and what else is said of it. The file is read and kept first, outside of any transaction; only then is there a row, and both or neither stay.</summary>
internal static class UploadMedicalFile
{
    public static void Map(RouteGroupBuilder files) => files.MapPost("/", Handle)
        .Named("UploadMedicalFile", "Adds a document to a record: the caller's own, or one that the caller may write.").TakesFile();

    public static void MapOwn(RouteGroupBuilder records) => records.MapPost("/", Handle)
        .Named("UploadRecordDocument", "Adds a document to a record, as at /api/medical-files/.").TakesFile();

    public static void MapOfPatient(RouteGroupBuilder patients) => patients.MapPost("/{id:guid}/documents/", HandleOfPatient)
        .Named("UploadPatientDocument", "Adds a document to a patient's record.")
        .OpenToAll("Whether the caller may write about this patient is asked before the body is read.").TakesFile();

    /// <summary>How every route that takes a file is set up.</summary>
    public static RouteHandlerBuilder TakesFile(this RouteHandlerBuilder route) => route.ForReaders()
        .TakesForm("kind", "title", "description", "patient_id", "is_private");

    private static Task<CreatedAnswer<MedicalFileResponse>> Handle(HttpContext http, Actor actor, UploadDesk desk, CancellationToken ct) =>
        desk.TakeAsync(http, actor, null, ct);

    private static Task<CreatedAnswer<MedicalFileResponse>> HandleOfPatient(
        Guid id, HttpContext http, Actor actor, UploadDesk desk, CancellationToken ct) => desk.TakeAsync(http, actor, id, ct);
}

/// <summary>Where documents are taken in, whichever way they come.</summary>
internal sealed class UploadDesk(CarelineDb db, IFiles files, IActorNames names, AuditTrail trail)
{
    /// <summary>Takes a document from a request's body.</summary>
    public async Task<CreatedAnswer<MedicalFileResponse>> TakeAsync(HttpContext http, Actor actor, Guid? patientId, CancellationToken ct)
    {
        FileForm.CheckLength(http, files, FilePurpose.MedicalDocument);
        var author = patientId is null ? null : await Author.OfAsync(db, actor, patientId, ct);
        var upload = await FileForm.ReadAsync(http, async (sofar, content, part) =>
        {
            author ??= await Author.OfAsync(db, actor, DocumentForm.PatientIdOf(sofar), ct);
            return await files.TakeInAsync(content, OfferOf(part, author), ct);
        }, DocumentForm.Patient);
        var text = DocumentForm.Read(upload.Text);
        var kept = upload.Content ?? throw new InvalidInput("file", "This field is required.");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var id = await KeepAsync(author!, kept, text, ct);
        await transaction.CommitAsync(CancellationToken.None);
        return Answer.Created(await MedicalFileResponse.OneAsync(db, names, id, ct), "Document added.");
    }

    /// <summary>What is offered to the keeper of files.</summary>
    public static FileOffer OfferOf(FilePart part, Author author, long? length = null) => new()
    {
        FileName = part.FileName,
        MediaType = part.MediaType,
        Length = length,
        Purpose = FilePurpose.MedicalDocument,
        Owner = new FileOwner(author.PatientId),
    };

    /// <summary>Makes the document of a file that was taken in, in the present transaction, and answers its id.</summary>
    public async Task<Guid> KeepAsync(Author author, KeptFile kept, MedicalFileText text, CancellationToken ct)
    {
        await files.AttachAsync(kept.Id, ct);
        var (file, version) = MedicalFile.Of(db.NewId(), author, kept, text, db.Now);
        db.Add(file);
        db.Add(version);
        trail.About("medical_file", file.Id).Concerns(author.PatientId);
        await db.SaveChangesAsync(ct);
        return file.Id;
    }
}
