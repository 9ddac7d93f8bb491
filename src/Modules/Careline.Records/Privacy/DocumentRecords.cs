using Careline.Files.Contracts;
using Careline.Platform.Privacy;
using Careline.Records.MedicalFiles;
using Careline.Records.Sharing;
using Careline.Records.Uploads;

namespace Careline.Records.Privacy;

/// <summary>
/// The documents of a patient's record and to whom they were opened; their contents are downloaded one by one. What the patient had added goes with an erasure,
/// content and key; what the practice wrote is kept as the law asks, and is not called after the patient any more.
/// </summary>
internal sealed class DocumentRecords(CarelineDb db, IFiles files) : IPersonalRecords
{
    public string Schema => "records";

    public IEnumerable<PersonalTable> Export(PersonKeys person)
    {
        var (patient, account) = (person.PatientId, person.AccountId);
        var own = db.Set<MedicalFile>().Where(f => f.PatientId == patient);
        yield return new PersonalTable("medical_files", own.OrderBy(f => f.Id).Select(f => new
        {
            f.Id,
            f.PatientId,
            f.FileId,
            f.FileName,
            f.Kind,
            f.Title,
            f.Description,
            f.IsPrivate,
            f.UploadedBy,
            f.IsByClinician,
            f.ContentVersion,
            f.CreatedAt,
            f.UpdatedAt,
            f.RemovedAt,
            f.RemovedBy,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("medical_file_versions", (
            from v in db.Set<MedicalFileVersion>()
            join f in own on v.MedicalFileId equals f.Id
            orderby v.MedicalFileId, v.Number
            select new { v.MedicalFileId, v.Number, v.FileId, v.FileName, v.UploadedBy, v.CreatedAt }).AsAsyncEnumerable());
        yield return new PersonalTable("shares", (
            from s in db.Set<Share>()
            join f in db.Set<MedicalFile>() on s.MedicalFileId equals f.Id
            where f.PatientId == patient || s.AccountId == account
            orderby s.Id
            select new
            {
                s.Id,
                s.MedicalFileId,
                s.AccountId,
                s.ClinicId,
                s.CareRole,
                s.MaxDownloads,
                s.Downloads,
                s.LastOpenedAt,
                s.SharedBy,
                s.CreatedAt,
                s.ExpiresAt,
                s.EndedAt,
            }).AsAsyncEnumerable());
        yield return new PersonalTable(
            "pending_uploads",
            db.Set<PendingUpload>().Where(u => u.PatientId == patient || u.AccountId == account).OrderBy(u => u.PartialId)
                .Select(u => new { u.PartialId, u.AccountId, u.PatientId, u.MedicalFileId, u.ExpiresAt }).AsAsyncEnumerable());
    }

    public async Task EraseAsync(PersonKeys person, CancellationToken ct)
    {
        var (id, account, now, names, literals) = (person.PatientId, person.AccountId, db.Now, person.Names, person.Literals);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE records.shares s SET ended_at = {now} FROM records.medical_files f
            WHERE f.id = s.medical_file_id AND (f.patient_id = {id} OR s.account_id = {account}) AND s.ended_at IS NULL
            """,
            ct);
        var own = await (
            from v in db.Set<MedicalFileVersion>()
            join f in db.Set<MedicalFile>() on v.MedicalFileId equals f.Id
            where f.PatientId == id && !f.IsByClinician
            select v.FileId).ToListAsync(ct);
        foreach (var content in own)
        {
            await files.ReleaseAsync(content, null, ct);
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE records.medical_files SET title = platform.without(title, {names}, {literals}), description = platform.without(description, {names}, {literals}),
                file_name = 'document' || coalesce(substring(file_name from '\.[A-Za-z0-9]+$'), ''), updated_at = {now}, version = version + 1,
                removed_at = CASE WHEN is_by_clinician THEN removed_at ELSE coalesce(removed_at, {now}) END
            WHERE patient_id = {id}
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE records.medical_file_versions v SET file_name = 'document' || coalesce(substring(v.file_name from '\.[A-Za-z0-9]+$'), '')
            FROM records.medical_files f WHERE f.id = v.medical_file_id AND f.patient_id = {id}
            """,
            ct);
        await db.Set<PendingUpload>().Where(u => u.PatientId == id || u.AccountId == account).ExecuteDeleteAsync(ct);
    }

    public async Task RemoveKeptAsync(Guid patientId, CancellationToken ct)
    {
        var contents = await (
            from v in db.Set<MedicalFileVersion>()
            join f in db.Set<MedicalFile>() on v.MedicalFileId equals f.Id
            where f.PatientId == patientId
            select v.FileId).ToListAsync(ct);
        foreach (var content in contents)
        {
            await files.ReleaseAsync(content, null, ct);
        }

        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM records.shares s USING records.medical_files f WHERE f.id = s.medical_file_id AND f.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM records.medical_file_versions v USING records.medical_files f WHERE f.id = v.medical_file_id AND f.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM records.medical_files WHERE patient_id = {patientId}", ct);
    }
}
