using Careline.Patients.Care;
using Careline.Patients.Clinics;
using Careline.Patients.History;
using Careline.Patients.Patients;
using Careline.Platform.Data;
using Careline.Platform.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Careline.Patients.Privacy;

/// <summary>The record, its history (removed entries too: they are still held), and who may or did open it. Staff notes are for staff.</summary>
internal sealed class PatientRecords(CarelineDb db) : IPersonalRecords
{
    public string Schema => "patients";

    public IEnumerable<PersonalTable> Export(PersonKeys person)
    {
        var id = person.PatientId;
        yield return new PersonalTable("patients", db.Set<Patient>().Where(p => p.Id == id).Select(p => new
        {
            p.Id, p.AccountId, p.Number, p.FirstName, p.LastName, p.Name, p.Gender, p.DateOfBirth, p.Phone, p.Email, p.Address, p.City, p.Country,
            p.BloodGroup, p.Language, p.MedicalHistory, p.PrimaryDoctorId, p.IsActive, p.CreatedBy, p.CreatedAt, p.UpdatedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("care_relationships", db.Set<CareRelationship>().Where(r => r.PatientId == id).OrderBy(r => r.Id)
            .Select(r => new { r.Id, r.PatientId, r.AccountId, r.Reason, r.SourceId, r.StartsAt, r.EndsAt }).AsAsyncEnumerable());
        yield return new PersonalTable("patient_clinics", db.Set<PatientClinic>().Where(c => c.PatientId == id).OrderBy(c => c.Since)
            .Select(c => new { c.PatientId, c.ClinicId, c.Since }).AsAsyncEnumerable());
        yield return new PersonalTable("break_glass", db.Set<EmergencyAccess>().Where(e => e.PatientId == id).OrderBy(e => e.Id)
            .Select(e => new { e.Id, e.PatientId, e.AccountId, e.Reason, e.OpenedAt, e.ExpiresAt }).AsAsyncEnumerable());
        foreach (var table in History(id))
        {
            yield return table;
        }
    }

    public async Task<IReadOnlyList<string>> AddressesAsync(PersonKeys person, CancellationToken ct)
    {
        var id = person.PatientId;
        var patient = await db.Set<Patient>().Where(p => p.Id == id).Select(p => new { p.Email, p.Phone }).FirstOrDefaultAsync(ct);
        return [.. new[] { patient?.Email, patient?.Phone }.OfType<string>()];
    }

    private IEnumerable<PersonalTable> History(Guid? id)
    {
        yield return new PersonalTable("allergies", db.Set<Allergy>().Where(a => a.PatientId == id).OrderBy(a => a.Id).Select(a => new
        {
            a.Id, a.PatientId, a.Substance, a.Code, a.Reaction, a.Severity, a.Status, a.NotedOn, a.RecordedBy, a.CreatedAt, a.UpdatedAt, a.RemovedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("conditions", db.Set<Condition>().Where(c => c.PatientId == id).OrderBy(c => c.Id).Select(c => new
        {
            c.Id, c.PatientId, c.Text, c.Code, c.Status, c.OnsetOn, c.ResolvedOn, c.RecordedBy, c.CreatedAt, c.UpdatedAt, c.RemovedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("medications", db.Set<Medication>().Where(m => m.PatientId == id).OrderBy(m => m.Id).Select(m => new
        {
            m.Id, m.PatientId, m.Name, m.Dosage, m.Frequency, m.StartedOn, m.EndedOn, m.Status, m.RecordedBy, m.CreatedAt, m.UpdatedAt, m.RemovedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("immunisations", db.Set<Immunisation>().Where(i => i.PatientId == id).OrderBy(i => i.Id).Select(i => new
        {
            i.Id, i.PatientId, i.Vaccine, i.GivenOn, i.Lot, i.RecordedBy, i.CreatedAt, i.UpdatedAt, i.RemovedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("emergency_contacts", db.Set<EmergencyContact>().Where(c => c.PatientId == id).OrderBy(c => c.Id).Select(c => new
        {
            c.Id, c.PatientId, c.Name, c.Relation, c.Phone, c.Email, c.RecordedBy, c.CreatedAt, c.UpdatedAt, c.RemovedAt,
        }).AsAsyncEnumerable());
    }
}
