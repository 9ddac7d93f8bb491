using Careline.Files.Contracts;
using Careline.Notifications.Contracts;
using Careline.Platform.Events;
using Careline.Records.MedicalFiles;

namespace Careline.Records.Notices;

/// <summary>
/// Tells whoever brought a document that something was found in it: it is not given out any more, and their device may be where it comes from. The
/// document keeps its place in the record, so that nobody wonders where it went.
/// </summary>
internal sealed class OnFileFoundInfected(CarelineDb db, INotifier notifier) : IHandle<FileFoundInfected>
{
    public async Task HandleAsync(FileFoundInfected happened, CancellationToken ct)
    {
        var found = await (
            from v in db.Set<MedicalFileVersion>()
            join f in db.Set<MedicalFile>() on v.MedicalFileId equals f.Id
            where v.FileId == happened.FileId && f.RemovedAt == null
            select new { f.Id, v.UploadedBy }).FirstOrDefaultAsync(ct);
        if (found is not null)
        {
            await notifier.TellAsync(
                new Notice(NoticeCategory.Record, NoticeSeverity.Important, "records.infected") { About = ("document", found.Id) }, [new Recipient(found.UploadedBy)], ct);
        }
    }
}
