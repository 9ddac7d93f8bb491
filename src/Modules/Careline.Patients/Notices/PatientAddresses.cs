using Careline.Patients.Patients;

namespace Careline.Patients.Notices;

/// <inheritdoc />
internal sealed class PatientAddresses(CarelineDb db) : IPatientAddresses
{
    public async Task<IReadOnlyDictionary<Guid, PatientAddress>> OfAsync(IReadOnlyCollection<Guid> patientIds, CancellationToken ct) =>
        await db.Set<Patient>().Where(p => patientIds.Contains(p.Id) && p.IsActive)
            .Select(p => new PatientAddress(p.Id, p.Email, p.Phone, p.Language)).ToDictionaryAsync(p => p.PatientId, ct);
}
