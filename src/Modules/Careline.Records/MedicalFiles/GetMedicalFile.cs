using Careline.Audit.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Records.MedicalFiles;

internal static class GetMedicalFile
{
    public static void Map(RouteGroupBuilder files) => files.MapGet("/{id:guid}/", Handle)
        .Named("GetMedicalFile", "Says what a document is; its content is at content/.").ForReaders().VisibleAs<MedicalFile>();

    private static async Task<Answer<MedicalFileResponse>> Handle(
        Guid id, Actor actor, CarelineDb db, IActorNames names, AuditTrail trail, CancellationToken ct)
    {
        var file = await FindAsync(db, actor, id, ct);
        trail.About("medical_file", id).Concerns(file.PatientId);
        return Answer.Ok(await MedicalFileResponse.OneAsync(db, names, id, ct));
    }

    /// <summary>A document that the caller sees.</summary>
    /// <exception cref="Refusal">There is none.</exception>
    public static async Task<MedicalFile> FindAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct) =>
        await MedicalFile.VisibleTo(db, actor).FirstOrDefaultAsync(f => f.Id == id, ct) ?? throw ClinicalCare.Refuse(actor);
}
