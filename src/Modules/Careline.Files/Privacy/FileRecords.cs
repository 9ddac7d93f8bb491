using Careline.Files.Keeping;
using Careline.Files.Partials;
using Careline.Platform.Privacy;

namespace Careline.Files.Privacy;

/// <summary>
/// Which files count towards a person's quota. What they are, and who may have them, is told by the modules that hold them; so is their end: an erasure there
/// releases them. What nobody holds goes here.
/// </summary>
internal sealed class FileRecords(CarelineDb db) : IPersonalRecords
{
    public string Schema => "files";

    public IEnumerable<PersonalTable> Export(PersonKeys person)
    {
        var ids = IdsOf(person);
        yield return new PersonalTable("files", db.Set<StoredFile>().Where(f => ids.Contains(f.PersonId)).OrderBy(f => f.CreatedAt).ThenBy(f => f.Id)
            .Select(f => new
            {
                f.Id,
                f.Purpose,
                f.MediaType,
                f.Size,
                f.Sha256,
                f.PersonId,
                f.ClinicId,
                f.CreatedAt,
                f.AttachedAt,
                f.ReleasedAt,
                f.KeepUntil,
                f.DestroyedAt,
                f.ScanStatus,
                f.ScannedAt,
                f.Finding,
            }).AsAsyncEnumerable());
        yield return new PersonalTable("partials", db.Set<StoredPartial>().Where(p => ids.Contains(p.PersonId)).OrderBy(p => p.CreatedAt)
            .Select(p => new { p.Id, p.Length, p.Received, p.PersonId, p.ClinicId, p.FileId, p.CreatedAt, p.ExpiresAt }).AsAsyncEnumerable());
    }

    public async Task EraseAsync(PersonKeys person, CancellationToken ct)
    {
        var ids = IdsOf(person).ToArray();
        var now = db.Now;

        // Their bytes are noise without a key; the sweep of the store takes them.
        await db.Database.ExecuteSqlAsync($"DELETE FROM files.partials WHERE person_id = ANY ({ids})", ct);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE files.files SET released_at = {now}, keep_until = {now} WHERE person_id = ANY ({ids}) AND attached_at IS NULL AND released_at IS NULL", ct);
    }

    private static List<Guid> IdsOf(PersonKeys person) => [.. new[] { person.AccountId, person.PatientId, person.DoctorId }.OfType<Guid>()];
}
