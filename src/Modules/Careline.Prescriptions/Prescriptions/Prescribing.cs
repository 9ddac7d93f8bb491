using System.Linq.Expressions;
using Careline.Prescriptions.Signatures;

namespace Careline.Prescriptions.Prescriptions;

internal sealed class Prescribing(CarelineDb db, SafetyStatements statements, Signing signing) : IPrescriptions
{
    private static readonly Expression<Func<Prescription, PrescriptionLine, PrescriptionLineRow>> _row = (sheet, line) => new PrescriptionLineRow
    {
        Id = line.Id,
        PrescriptionId = sheet.Id,
        PrescriptionStatus = sheet.Status,
        PatientId = sheet.PatientId,
        ConsultationId = sheet.ConsultationId,
        Position = line.Position,
        MedicationName = line.MedicationName,
        GenericName = line.GenericName,
        AtcCode = line.AtcCode,
        Form = line.Form,
        Strength = line.Strength,
        Dosage = line.Dosage,
        Route = line.Route,
        Frequency = line.Frequency,
        DurationDays = line.DurationDays,
        Quantity = line.Quantity,
        Refills = line.Refills,
        Instructions = line.Instructions,
        Timing = line.Timing,
        MedicineId = line.MedicineId,
        Dispensed = line.Dispensed,
        Status = line.Status,
        SafetyCheck = line.SafetyCheck,
        CreatedAt = line.CreatedAt,
    };

    private static readonly Func<Prescription, PrescriptionLine, PrescriptionLineRow> _asRow = _row.Compile();

    public IQueryable<PrescriptionLineRow> Lines => db.Set<Prescription>().SelectMany(sheet => sheet.Lines, _row);

    public async Task<PrescriptionLineRow> AddLineAsync(PrescribingVisit visit, MedicationOrder order, CancellationToken ct)
    {
        var draft = await DraftOfAsync(visit.ConsultationId, ct);
        if (draft is null)
        {
            draft = Prescription.Draft(db.NewId(), visit.PatientId, visit.DoctorId, visit.ConsultationId, db.Now);
            db.Add(draft);
        }

        var line = draft.Add(db.NewId(), order, db.Now);
        var said = await statements.CheckAsync(draft, ct);
        return _asRow(draft, line) with { Safety = said };
    }

    public async Task IssueAsync(Guid consultationId, CancellationToken ct)
    {
        var draft = await DraftOfAsync(consultationId, ct);
        if (draft is not null)
        {
            await signing.SignAsync(draft, ct);
        }
    }

    public async Task WithdrawAsync(Guid consultationId, CancellationToken ct) => (await DraftOfAsync(consultationId, ct))?.Withdraw(db.Now);

    private Task<Prescription?> DraftOfAsync(Guid consultationId, CancellationToken ct) =>
        db.Set<Prescription>().AsTracking().Include(p => p.Lines)
            .FirstOrDefaultAsync(p => p.ConsultationId == consultationId && p.Status == PrescriptionStatus.Draft, ct);
}
