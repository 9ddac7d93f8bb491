using Careline.Platform.Privacy;
using Careline.Prescriptions.Dispensing;
using Careline.Prescriptions.Intake;
using Careline.Prescriptions.Prescriptions;

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
            .Select(p => new
            {
                p.Id,
                p.Number,
                p.PatientId,
                p.DoctorId,
                p.ConsultationId,
                p.Status,
                p.GeneralAdvice,
                p.DietAdvice,
                p.FluidAdvice,
                p.LifestyleAdvice,
                p.NextVisit,
                p.SupersedesId,
                p.IssuedAt,
                p.ValidUntil,
                p.SignedContent,
                p.Signature,
                p.VerifyCode,
                p.EndedAt,
                p.EndReason,
                p.Safety,
                p.PharmacyId,
                p.SentAt,
                p.CreatedAt,
                p.UpdatedAt,
            }).AsAsyncEnumerable());
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
                l.Timing,
                l.MedicineId,
                l.Dispensed,
                l.RunsOutAt,
                l.RunningOutToldAt,
                l.Status,
                l.SafetyCheck,
                l.CreatedAt,
            }).AsAsyncEnumerable());
        yield return new PersonalTable("overrides", (
            from o in db.Set<Override>()
            join p in own on o.PrescriptionId equals p.Id
            orderby o.Id
            select new { o.Id, o.PrescriptionId, o.Finding, o.Code, o.Severity, o.Reason, o.AccountId, o.At }).AsAsyncEnumerable());
        yield return new PersonalTable("dispenses", (
            from d in db.Set<Dispense>()
            join p in own on d.PrescriptionId equals p.Id
            orderby d.Id
            select new { d.Id, d.PrescriptionId, d.LineId, d.ClinicId, d.AccountId, d.Quantity, d.Batch, d.Note, d.At, d.ReversedAt, d.ReversedBy, d.ReverseReason }).AsAsyncEnumerable());
        yield return new PersonalTable("dispensed_batches", (
            from b in db.Set<DispensedBatch>()
            join d in db.Set<Dispense>() on b.DispenseId equals d.Id
            join p in own on d.PrescriptionId equals p.Id
            orderby b.DispenseId, b.BatchId
            select new { b.DispenseId, b.BatchId, b.Number, b.ExpiresOn, b.Quantity }).AsAsyncEnumerable());
        yield return new PersonalTable("doses", db.Set<Dose>().Where(d => d.PatientId == patient).OrderBy(d => d.Id)
            .Select(d => new { d.Id, d.PatientId, d.LineId, d.Day, d.DayTime, d.DueAt, d.Status, d.ToldAt, d.AnsweredAt, d.AnsweredBy, d.Reason }).AsAsyncEnumerable());
        yield return new PersonalTable("reminder_settings", db.Set<ReminderSettings>().Where(s => s.PatientId == patient)
            .Select(s => new { s.PatientId, s.IsOn, s.TimeZone, s.Morning, s.Noon, s.Evening, s.Night, s.PlannedUntil, s.UpdatedAt }).AsAsyncEnumerable());
    }

    public async Task EraseAsync(PersonKeys person, CancellationToken ct)
    {
        var (id, names, literals) = (person.PatientId, person.Names, person.Literals);

        // What was signed names the patient: it goes, and with it every claim that the paper is true.
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE prescriptions.prescriptions SET signed_content = NULL, signature = NULL, general_advice = platform.without(general_advice, {names}, {literals}),
                diet_advice = platform.without(diet_advice, {names}, {literals}), fluid_advice = platform.without(fluid_advice, {names}, {literals}),
                lifestyle_advice = platform.without(lifestyle_advice, {names}, {literals}), end_reason = platform.without(end_reason, {names}, {literals}),
                safety = platform.without(safety::text, {names}, {literals})::jsonb
            WHERE patient_id = {id}
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE prescriptions.prescription_lines l SET instructions = platform.without(l.instructions, {names}, {literals}),
                dosage = platform.without(l.dosage, {names}, {literals}), frequency = platform.without(l.frequency, {names}, {literals})
            FROM prescriptions.prescriptions p WHERE p.id = l.prescription_id AND p.patient_id = {id}
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE prescriptions.overrides o SET reason = platform.without(o.reason, {names}, {literals})
            FROM prescriptions.prescriptions p WHERE p.id = o.prescription_id AND p.patient_id = {id}
            """,
            ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM prescriptions.reminder_settings WHERE patient_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"UPDATE prescriptions.doses SET reason = platform.without(reason, {names}, {literals}) WHERE patient_id = {id}", ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE prescriptions.dispenses d SET note = platform.without(d.note, {names}, {literals}), reverse_reason = platform.without(d.reverse_reason, {names}, {literals})
            FROM prescriptions.prescriptions p WHERE p.id = d.prescription_id AND p.patient_id = {id}
            """,
            ct);
    }

    public async Task RemoveKeptAsync(Guid patientId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"DELETE FROM prescriptions.doses WHERE patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM prescriptions.reminder_settings WHERE patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM prescriptions.dispensed_batches b USING prescriptions.dispenses d, prescriptions.prescriptions p
            WHERE d.id = b.dispense_id AND p.id = d.prescription_id AND p.patient_id = {patientId}
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM prescriptions.dispenses d USING prescriptions.prescriptions p WHERE p.id = d.prescription_id AND p.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM prescriptions.overrides o USING prescriptions.prescriptions p WHERE p.id = o.prescription_id AND p.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM prescriptions.prescription_lines l USING prescriptions.prescriptions p WHERE p.id = l.prescription_id AND p.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM prescriptions.quotes q USING prescriptions.prescriptions p WHERE p.id = q.id AND p.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM prescriptions.prescriptions WHERE patient_id = {patientId}", ct);
    }
}
