using Careline.Platform.Data;
using Careline.Platform.Privacy;
using Careline.Vitals.Observations;
using Microsoft.EntityFrameworkCore;

namespace Careline.Vitals.Privacy;

/// <summary>What was measured of a patient.</summary>
internal sealed class VitalRecords(CarelineDb db) : IPersonalRecords
{
    public string Schema => "vitals";

    public IEnumerable<PersonalTable> Export(PersonKeys person)
    {
        var patient = person.PatientId;
        yield return new PersonalTable("vital_sets", db.Set<VitalSet>().Where(s => s.PatientId == patient).OrderBy(s => s.Id)
            .Select(s => new { s.Id, s.PatientId, s.ConsultationId, s.Bmi, s.News2Score, s.News2Risk, s.RecordedAt, s.RecordedBy }).AsAsyncEnumerable());
        yield return new PersonalTable("observations", db.Set<Observation>().Where(o => o.PatientId == patient).OrderBy(o => o.Id)
            .Select(o => new { o.Id, o.SetId, o.PatientId, o.Measure, o.Code, o.Value, o.TextValue, o.Unit, o.ObservedAt }).AsAsyncEnumerable());
    }

    // Numbers under the patient's key.
    public Task EraseAsync(PersonKeys person, CancellationToken ct) => Task.CompletedTask;

    public async Task RemoveKeptAsync(Guid patientId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"DELETE FROM vitals.observations WHERE patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM vitals.vital_sets WHERE patient_id = {patientId}", ct);
    }
}
