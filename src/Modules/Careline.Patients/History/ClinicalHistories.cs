using Careline.Patients.Patients;

namespace Careline.Patients.History;

internal sealed class ClinicalHistories(CarelineDb db) : IClinicalHistory
{
    public async Task<ClinicalHistory?> OfAsync(Guid patientId, CancellationToken ct)
    {
        var patient = await db.Set<Patient>().Where(p => p.Id == patientId).Select(p => new { p.DateOfBirth, p.Gender }).FirstOrDefaultAsync(ct);
        if (patient is null)
        {
            return null;
        }

        var today = DateOnly.FromDateTime(db.Now.UtcDateTime);
        var allergies = await Of<Allergy>(patientId).Where(a => a.Status == EntryStatus.Active)
            .OrderBy(a => a.Id).Select(a => new RecordedAllergy(a.Substance, a.Code)).ToListAsync(ct);
        var conditions = await Of<Condition>(patientId).Where(c => c.Status == ConditionStatus.Active && c.Code != null && (c.ResolvedOn == null || c.ResolvedOn > today))
            .Select(c => c.Code!).ToListAsync(ct);
        var medicines = await Of<Medication>(patientId).Where(m => m.Status == EntryStatus.Active && (m.EndedOn == null || m.EndedOn >= today))
            .OrderBy(m => m.Id).Select(m => new MedicineTaken(m.Id, m.Name, m.Dosage, m.Frequency)).ToListAsync(ct);
        bool? isFemale = patient.Gender switch { Gender.Female => true, Gender.Male => false, _ => null };
        return new ClinicalHistory(patient.DateOfBirth, isFemale, allergies, conditions, medicines);
    }

    private IQueryable<T> Of<T>(Guid patientId)
        where T : HistoryEntry => db.Set<T>().Where(e => e.PatientId == patientId && e.RemovedAt == null);
}
