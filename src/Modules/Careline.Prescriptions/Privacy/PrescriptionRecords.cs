using Careline.Platform.Data;
using Careline.Platform.Privacy;
using Careline.Prescriptions.Prescriptions;
using Microsoft.EntityFrameworkCore;

namespace Careline.Prescriptions.Privacy;

/// <summary>
/// What was prescribed for a patient, drafts among it: an export says what is held and carries each sheet's status; it is no sheet to take to a
/// pharmacy.
/// </summary>
internal sealed class PrescriptionRecords(CarelineDb db) : IPersonalRecords
{
    public string Schema => "prescriptions";

    public IEnumerable<PersonalTable> Export(PersonKeys person)
    {
        var patient = person.PatientId;
        var own = db.Set<Prescription>().Where(p => p.PatientId == patient);
        yield return new PersonalTable("prescriptions", own.OrderBy(p => p.Id)
            .Select(p => new { p.Id, p.Number, p.PatientId, p.DoctorId, p.ConsultationId, p.Status, p.IssuedAt, p.CreatedAt, p.UpdatedAt }).AsAsyncEnumerable());
        yield return new PersonalTable("prescription_lines", (
            from l in db.Set<PrescriptionLine>()
            join p in own on l.PrescriptionId equals p.Id
            orderby l.PrescriptionId, l.Position
            select new
            {
                l.Id,
                l.PrescriptionId,
                l.Position,
                l.MedicationName,
                l.GenericName,
                l.AtcCode,
                l.Form,
                l.Strength,
                l.Dosage,
                l.Route,
                l.Frequency,
                l.DurationDays,
                l.Quantity,
                l.Refills,
                l.Instructions,
                l.Status,
                l.SafetyCheck,
                l.CreatedAt,
            }).AsAsyncEnumerable());
    }

    public Task EraseAsync(PersonKeys person, CancellationToken ct)
    {
        var (id, names, literals) = (person.PatientId, person.Names, person.Literals);
        return db.Database.ExecuteSqlAsync(
            $"""
            UPDATE prescriptions.prescription_lines l SET instructions = platform.without(l.instructions, {names}, {literals}),
                dosage = platform.without(l.dosage, {names}, {literals}), frequency = platform.without(l.frequency, {names}, {literals})
            FROM prescriptions.prescriptions p WHERE p.id = l.prescription_id AND p.patient_id = {id}
            """,
            ct);
    }

    public async Task RemoveKeptAsync(Guid patientId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM prescriptions.prescription_lines l USING prescriptions.prescriptions p WHERE p.id = l.prescription_id AND p.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM prescriptions.prescriptions WHERE patient_id = {patientId}", ct);
    }
}
