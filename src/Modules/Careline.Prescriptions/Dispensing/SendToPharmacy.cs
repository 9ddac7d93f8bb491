using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;
using Careline.Patients.Contracts;
using Careline.Prescriptions.Prescriptions;

namespace Careline.Prescriptions.Dispensing;

/// <summary>Where a prescription is sent.</summary>
/// <param name="ClinicId">The pharmacy.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SendToPharmacyRequest(Guid ClinicId);

/// <summary>Sends a prescription to a pharmacy, whose pharmacists see it from then on. Sent elsewhere, the former ones see it no more.</summary>
internal static class SendToPharmacy
{
    public static void Map(RouteGroupBuilder prescriptions) => prescriptions.MapPost("/{id:guid}/send/", Handle)
        .Named("SendPrescription", "Sends a valid prescription to a pharmacy of the patient's choice.")
        .ForRoles(Roles.Patient, Roles.Doctor)
        .VisibleAs<Prescription>();

    private static async Task<Answer<PrescriptionResponse>> Handle(
        Guid id, SendToPharmacyRequest request, Actor actor, CarelineDb db, PrescriptionDesk desk, CancellationToken ct)
    {
        var prescription = await desk.HoldAsync(actor, id, ct);
        var mayChoose = prescription.PatientId == actor.PatientId || prescription.DoctorId == actor.DoctorId
            || await ProxyRow.InForce(db, actor).AnyAsync(p => p.PatientId == prescription.PatientId && p.CanRead, ct);
        if (!mayChoose)
        {
            throw new PermissionDenied("Only the patient and who prescribed it choose the pharmacy.");
        }

        if (!await db.Set<ClinicRow>().AnyAsync(c => c.Id == request.ClinicId && c.IsOpen && c.IsPharmacy, ct))
        {
            throw new InvalidInput("clinic_id", "Is no pharmacy.");
        }

        prescription.SendTo(request.ClinicId, db.Now);
        db.Publish(new PrescriptionSent(id, request.ClinicId));
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await desk.ReadAsync(id, ct), "Prescription sent.");
    }
}
