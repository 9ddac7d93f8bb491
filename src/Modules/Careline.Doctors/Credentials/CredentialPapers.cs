using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Doctors.Doctors;
using Careline.Doctors.Qualifications;
using Careline.Files.Contracts;

namespace Careline.Doctors.Credentials;

/// <summary>The copy of a credential's paper: the doctor leaves it, administrators read it. Another paper has to be looked at again.</summary>
internal static class CredentialPapers
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        const string Paper = "/{id:guid}/credentials/{lineId:guid}/paper/";
        routes.MapPut(Paper, Put).Named("PutCredentialPaper", "Leaves the copy of a credential's paper: PDF, PNG or JPEG, as the part file of a form.")
            .ForRoles(Roles.Doctor).VisibleAs<Doctor>().TakesForm();
        routes.MapGet(Paper, Get).Named("GetCredentialPaper", "The copy of a credential's paper.")
            .ForRoles(Roles.Doctor, Roles.Admin, Roles.SuperAdmin).VisibleAs<Doctor>().Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
        routes.MapDelete(Paper, Remove).Named("RemoveCredentialPaper", "Takes the copy of a credential's paper back.").ForRoles(Roles.Doctor).VisibleAs<Doctor>();
    }

    private static async Task<Answer<QualificationResponse>> Put(
        Guid id, Guid lineId, HttpContext http, Actor actor, CarelineDb db, IFiles files, AuditTrail trail, CancellationToken ct)
    {
        await LoadAsync(db, actor, id, lineId, ct);
        db.Forget();
        var kept = await FileForm.TakeOneAsync(http, files, FilePurpose.CredentialPaper, new FileOwner(id), ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);

        // While the file was on its way the line may have been changed or removed.
        var credential = await LoadAsync(db, actor, id, lineId, ct);
        await files.AttachAsync(kept.Id, ct);
        if (credential.LeavePaper(kept.Id, kept.FileName, db.Now) is { } former)
        {
            await files.ReleaseAsync(former, null, ct);
        }

        trail.About("qualification", lineId).Because("operations").Changed("paper");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        return Answer.Ok(await db.Set<Qualification>().Where(q => q.Id == lineId).Select(QualificationResponse.Projection(db)).FirstAsync(ct), "Paper kept.");
    }

    private static async Task<IResult> Get(
        Guid id, Guid lineId, Actor actor, CarelineDb db, IFiles files, AuditTrail trail, CancellationToken ct)
    {
        if (actor.DoctorId != id && !actor.IsAdmin)
        {
            throw new PermissionDenied();
        }

        var paper = await Credentials(db, id, lineId).Where(q => q.FileId != null).Select(q => new { q.FileId, q.FileName }).FirstOrDefaultAsync(ct)
            ?? throw new NotFound();
        trail.About("qualification", lineId).Because("operations").Always();
        return (await files.OpenAsync(paper.FileId!.Value, FileCopy.Original, ct) ?? throw new NotFound()).AsAttachment(paper.FileName!);
    }

    private static async Task<DeletedAnswer> Remove(
        Guid id, Guid lineId, Actor actor, CarelineDb db, IFiles files, AuditTrail trail, CancellationToken ct)
    {
        var credential = await LoadAsync(db, actor, id, lineId, ct);
        await files.ReleaseAsync(credential.LeavePaper(null, null, db.Now) ?? throw new NotFound(), null, ct);
        trail.About("qualification", lineId).Because("operations").Changed("paper");
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }

    private static async Task<Qualification> LoadAsync(CarelineDb db, Actor actor, Guid id, Guid lineId, CancellationToken ct) => actor.DoctorId != id
        ? throw new PermissionDenied("Only the doctor may change this.")
        : await Credentials(db, id, lineId).AsTracking().FirstOrDefaultAsync(ct) ?? throw new NotFound();

    private static IQueryable<Qualification> Credentials(CarelineDb db, Guid doctorId, Guid lineId) =>
        db.Set<Qualification>().Where(q => q.Id == lineId && q.DoctorId == doctorId && q.Kind == QualificationKind.Credential && q.RemovedAt == null);
}
