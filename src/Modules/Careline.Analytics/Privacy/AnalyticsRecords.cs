using Careline.Analytics.Satisfaction;
using Careline.Files.Contracts;
using Careline.Platform.Privacy;

namespace Careline.Analytics.Privacy;

/// <summary>What a patient said of their visits. Figures hold nobody: they stay.</summary>
internal sealed class AnalyticsRecords(CarelineDb db, IFiles files) : IPersonalRecords
{
    public string Schema => "analytics";

    public IEnumerable<PersonalTable> Export(PersonKeys person)
    {
        var patient = person.PatientId;
        yield return new PersonalTable("surveys", db.Set<Survey>().Where(s => s.PatientId == patient).OrderBy(s => s.Id)
            .Select(s => new { s.Id, s.PatientId, s.DoctorId, s.ClinicId, s.AskedAt, s.ExpiresAt, s.AnsweredAt, s.Rating, s.Recommends }).AsAsyncEnumerable());
    }

    // What was answered are marks without words, under the keys alone.
    public Task EraseAsync(PersonKeys person, CancellationToken ct) => ErasedExports.EraseAsync(db, files, person, ct);

    public Task RemoveKeptAsync(Guid patientId, CancellationToken ct) => db.Database.ExecuteSqlAsync($"DELETE FROM analytics.surveys WHERE patient_id = {patientId}", ct);
}
