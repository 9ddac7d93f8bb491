using Careline.Audit.Contracts;
using Careline.Files.Contracts;
using Careline.Records.Sharing;
using Microsoft.Extensions.Options;

namespace Careline.Records.MedicalFiles;

/// <summary>
/// Takes a document out of sight with all that was shared of it. Its row stays, so that the record can say that it was there; its content is destroyed
/// after a time that is longer for what the practice wrote.
/// </summary>
internal static class RemoveMedicalFile
{
    public static void Map(RouteGroupBuilder files) => files.MapDelete("/{id:guid}/", Handle)
        .Named("RemoveMedicalFile", "Removes a document; its content is destroyed after its time of retention.").ForReaders().VisibleAs<MedicalFile>();

    private static async Task<DeletedAnswer> Handle(
        Guid id, IfMatch ifMatch, Actor actor, CarelineDb db, IFiles files, AuditTrail trail, IOptions<RecordsOptions> options, CancellationToken ct)
    {
        var file = await ReplaceMedicalFile.LoadAsync(db, actor, id, ct);
        ifMatch.Check(file);
        file.Remove(actor.AccountId, db.Now);
        await Share.EndAllAsync(db, id, ct);
        var keepUntil = file.IsByClinician ? db.Now.AddYears(options.Value.ClinicalKeptYears) : db.Now.AddDays(options.Value.RemovedKeptDays);
        foreach (var content in await db.Set<MedicalFileVersion>().Where(v => v.MedicalFileId == id).Select(v => v.FileId).ToListAsync(ct))
        {
            await files.ReleaseAsync(content, keepUntil, ct);
        }

        trail.About("medical_file", id).Concerns(file.PatientId);
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }
}
