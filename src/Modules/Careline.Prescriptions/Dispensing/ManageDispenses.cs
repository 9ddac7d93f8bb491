using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Clinics.Contracts;
using Careline.Patients.Contracts;
using Careline.Prescriptions.Prescriptions;

namespace Careline.Prescriptions.Dispensing;

/// <summary>Why something that was handed out is taken back.</summary>
/// <param name="Reason">For the record.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReverseDispenseRequest([Required, MaxLength(2000)] string Reason);

internal static class ManageDispenses
{
    public static void Map(RouteGroupBuilder prescriptions)
    {
        prescriptions.MapGet("/{id:guid}/dispenses/", List)
            .Named("ListDispenses", "What pharmacies handed out of a prescription, newest first.")
            .ForRoles([.. Roles.RecordReaders, Roles.Pharmacist])
            .VisibleAs<Prescription>();
        prescriptions.MapPost("/{id:guid}/dispenses/{dispenseId:guid}/reverse/", Reverse)
            .Named("ReverseDispense", "Takes back what was handed out by mistake at the caller's pharmacy; it may then be handed out again.")
            .ForRoles(Roles.Pharmacist)
            .VisibleAs<Prescription>()
            .OpenToAll("It is looked for among those of the prescription and of the caller's pharmacies.");
    }

    private static async Task<PageAnswer<DispenseResponse>> List(Guid id, ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var patient = await Prescription.VisibleTo(db, actor).Where(p => p.Id == id).Select(p => (Guid?)p.PatientId).FirstOrDefaultAsync(ct)
            ?? throw ClinicalCare.Refuse(actor);
        trail.About("prescription", id).Concerns(patient);
        return Answer.Page(await query.PageAsync(DispenseResponse.From(db, db.Set<Dispense>().Where(d => d.PrescriptionId == id)).OrderByDescending(d => d.Id), ct));
    }

    private static async Task<Answer<DispenseResponse>> Reverse(
        Guid id, Guid dispenseId, ReverseDispenseRequest request, Actor actor, CarelineDb db, PrescriptionDesk desk, IStock stock, CancellationToken ct)
    {
        var prescription = await desk.HoldAsync(actor, id, ct);
        var pharmacies = Prescription.PharmaciesOf(db, actor);
        var dispense = await db.Set<Dispense>().AsTracking().FirstOrDefaultAsync(d => d.Id == dispenseId && d.PrescriptionId == id && pharmacies.Contains(d.ClinicId), ct)
            ?? throw new NotFound();
        dispense.Reverse(actor.AccountId, request.Reason, db.Now);
        await db.SaveChangesAsync(ct);
        await stock.ReturnAsync(dispense.Id, actor.AccountId, "reversed", ct);
        await db.Database.ExecuteSqlAsync($"UPDATE prescriptions.prescription_lines SET dispensed = dispensed - {dispense.Quantity} WHERE id = {dispense.LineId}", ct);
        if (prescription.Status is PrescriptionStatus.Active or PrescriptionStatus.Completed)
        {
            await DispensePrescription.SettleAsync(prescription, db, ct);
        }

        return Answer.Ok((await DispenseResponse.ReadAsync(db, db.Set<Dispense>().Where(d => d.Id == dispenseId), ct)).Single(), "Taken back.");
    }
}
