using Careline.Audit.Contracts;

namespace Careline.Records.MedicalFiles;

/// <summary>What is said of a document.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Description">What there is to say of it.</param>
/// <param name="IsPrivate">Hides it from those in care: the patient, its author and whom it is shared with by name read it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MedicalFileRequest(
    RecordFileKind Kind,
    [MaxLength(MedicalFileRequest.LongestTitle)] string? Title = null,
    [MaxLength(MedicalFileRequest.LongestDescription)] string? Description = null,
    bool IsPrivate = false)
{
    internal const int LongestTitle = 200;
    internal const int LongestDescription = 4000;

    internal MedicalFileText Text => new(Kind, Title, Description, IsPrivate);
}

internal static class ReplaceMedicalFile
{
    public static void Map(RouteGroupBuilder files)
    {
        files.MapPut("/{id:guid}/", Replace)
            .Named("ReplaceMedicalFile", "Replaces what is said of a document; its content stays.").ForReaders().VisibleAs<MedicalFile>();
        files.MapPatch("/{id:guid}/", Change)
            .Named("ChangeMedicalFile", "Changes some of what is said of a document.").ForReaders().VisibleAs<MedicalFile>().AcceptsMerge<MedicalFileRequest>();
    }

    private static async Task<Answer<MedicalFileResponse>> Replace(
        Guid id, MedicalFileRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, IActorNames names, AuditTrail trail, CancellationToken ct)
    {
        var file = await LoadAsync(db, actor, id, ct);
        ifMatch.Check(file);
        file.Replace(request.Text, db.Now);
        return await SaveAsync(file, db, names, trail, ct);
    }

    private static async Task<Answer<MedicalFileResponse>> Change(
        Guid id, Merge<MedicalFileRequest> patch, IfMatch ifMatch, Actor actor, CarelineDb db, IActorNames names, AuditTrail trail, CancellationToken ct)
    {
        var file = await LoadAsync(db, actor, id, ct);
        ifMatch.Check(file);
        var request = await patch.OntoAsync(new MedicalFileRequest(file.Kind, file.Title, file.Description, file.IsPrivate));
        file.Replace(request.Text, db.Now);
        return await SaveAsync(file, db, names, trail, ct);
    }

    /// <summary>A document that the caller may change, tracked.</summary>
    public static async Task<MedicalFile> LoadAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct)
    {
        var file = await MedicalFile.VisibleTo(db, actor).AsTracking().FirstOrDefaultAsync(f => f.Id == id, ct) ?? throw new NotFound();
        await file.RequireChangeByAsync(db, actor, ct);
        return file;
    }

    private static async Task<Answer<MedicalFileResponse>> SaveAsync(
        MedicalFile file, CarelineDb db, IActorNames names, AuditTrail trail, CancellationToken ct)
    {
        trail.About("medical_file", file.Id).Concerns(file.PatientId);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await MedicalFileResponse.OneAsync(db, names, file.Id, ct), "Changed.");
    }
}
