using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Prescriptions.Prescriptions;

/// <summary>Takes a prescription in hand for changing, held so that of two who change it at once one waits; and answers what became of it.</summary>
internal sealed class PrescriptionDesk(CarelineDb db, IPrescriptions prescriptions, AuditTrail trail)
{
    /// <summary>The caller's own prescription, tracked, with its lines.</summary>
    /// <exception cref="PermissionDenied">Somebody else prescribed it.</exception>
    public async Task<Prescription> OwnAsync(Actor actor, Guid id, CancellationToken ct)
    {
        var prescription = await HoldAsync(actor, id, ct);
        return prescription.DoctorId == actor.DoctorId ? prescription : throw new PermissionDenied("Only who prescribed it may do this.");
    }

    /// <summary>The caller's own draft, for a patient whom the caller treats at this moment.</summary>
    /// <exception cref="RuleViolation">It is signed.</exception>
    public async Task<Prescription> OwnDraftAsync(Actor actor, Guid id, CancellationToken ct)
    {
        var draft = await OwnAsync(actor, id, ct);
        draft.MustBeDraft();
        await MustTreatAsync(actor, draft.PatientId, ct);
        return draft;
    }

    /// <summary>Whatever prescription the caller may see, held, tracked, with its lines.</summary>
    public async Task<Prescription> HoldAsync(Actor actor, Guid id, CancellationToken ct)
    {
        await HoldRowAsync(id, ct);
        var prescription = await Prescription.VisibleTo(db, actor).AsTracking().Include(p => p.Lines.OrderBy(l => l.Position)).FirstOrDefaultAsync(p => p.Id == id, ct)
            ?? throw ClinicalCare.Refuse(actor);
        trail.About("prescription", id).Concerns(prescription.PatientId);
        return prescription;
    }

    public Task<int> HoldRowAsync(Guid id, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT FROM prescriptions.prescriptions WHERE id = {id} FOR UPDATE", ct);

    /// <summary>Prescribing is for those who treat the patient now: acting for somebody and an emergency look open a record for reading only.</summary>
    public async Task MustTreatAsync(Actor actor, Guid patientId, CancellationToken ct)
    {
        if (!await ClinicalCare.TreatedBy(db, actor).ContainsAsync(patientId, ct))
        {
            throw await ClinicalCare.PatientsOf(db, actor).ContainsAsync(patientId, ct)
                ? new PermissionDenied("Only who treats the patient now may prescribe.")
                : ClinicalCare.Refuse(actor);
        }
    }

    /// <summary>The prescription as it is after the save.</summary>
    public async Task<PrescriptionResponse> ReadAsync(Guid id, CancellationToken ct) =>
        (await PrescriptionResponse.WithLinesAsync(prescriptions, await PrescriptionResponse.From(db, db.Set<Prescription>().Where(p => p.Id == id)).ToListAsync(ct), ct)).Single();
}
