using Careline.Files.Contracts;
using Careline.Records.MedicalFiles;

namespace Careline.Records.Uploads;

/// <summary>An upload in pieces, its file so far, and the document it became.</summary>
internal sealed record Upload(PendingUpload Pending)
{
    public required PartialFile Partial { get; set; }

    public Guid? MedicalFileId { get; set; } = Pending.MedicalFileId;
}

/// <summary>Finds uploads in pieces, for their sender only, and makes documents of those that have come.</summary>
internal sealed class Uploading(CarelineDb db, IPartialFiles partials, UploadDesk desk, FieldCipher cipher)
{
    /// <exception cref="NotFound">There is none of this sender's.</exception>
    public async Task<Upload> FindAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var me = actor.AccountId;
        var pending = await db.Set<PendingUpload>().FirstOrDefaultAsync(u => u.PartialId == id && u.AccountId == me, ct) ?? throw new NotFound();
        return new Upload(pending) { Partial = await partials.FindAsync(id, pending.PatientId, ct) ?? throw new NotFound() };
    }

    /// <summary>Makes the document once all has come. Of two who do so at once one does, and the other finds it done.</summary>
    /// <exception cref="Refusal">The file is not taken in, or the sender may not write about the patient any more.</exception>
    public async Task FinishAsync(Upload upload, Actor actor, CancellationToken ct)
    {
        if (!upload.Partial.IsComplete || upload.MedicalFileId is not null)
        {
            return;
        }

        var (id, patient) = (upload.Pending.PartialId, upload.Pending.PatientId);
        var author = await Author.OfAsync(db, actor, patient, ct);
        var kept = await partials.FinishAsync(id, patient, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var known = await db.Database.SqlQuery<Guid?>(
            $"SELECT medical_file_id AS \"Value\" FROM records.pending_uploads WHERE partial_id = {id} FOR UPDATE").SingleAsync(ct);
        if (known is null)
        {
            known = await desk.KeepAsync(author, kept, upload.Pending.Read(cipher), ct);
            await db.Database.ExecuteSqlAsync($"UPDATE records.pending_uploads SET medical_file_id = {known} WHERE partial_id = {id}", ct);
        }

        await transaction.CommitAsync(CancellationToken.None);
        upload.MedicalFileId = known;
    }

    public Task ForgetAsync(Upload upload, CancellationToken ct) =>
        db.Set<PendingUpload>().Where(u => u.PartialId == upload.Pending.PartialId).ExecuteDeleteAsync(ct);
}
