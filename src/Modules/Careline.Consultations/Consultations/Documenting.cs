using Careline.Accounts.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Consultations.Consultations;

/// <summary>
/// Takes a consultation to write in. Every write holds the document's row, so that nothing can be added while it is being closed.
/// </summary>
internal static class Documenting
{
    /// <summary>As the assigned doctor, while the patient is in his care.</summary>
    /// <exception cref="PermissionDenied">The actor may read it only.</exception>
    public static async Task<Consultation> AsDoctorAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct)
    {
        var consultation = await HoldAsync(db, actor, id, ct);
        if (consultation.DoctorId != actor.DoctorId)
        {
            throw new PermissionDenied("Only the assigned doctor documents a consultation.");
        }

        // Calling a visit off ends the care at once: that the document is locked is the better answer.
        if (consultation.Status != ConsultationStatus.Cancelled)
        {
            await CheckCareAsync(db, actor, consultation.PatientId, ct);
        }

        return consultation;
    }

    /// <summary>As the assigned doctor, or as a nurse of the clinic where the patient is.</summary>
    /// <exception cref="PermissionDenied">The actor may read it only.</exception>
    public static async Task<Consultation> AsCareTeamAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct)
    {
        if (!actor.Is(Roles.Nurse))
        {
            return await AsDoctorAsync(db, actor, id, ct);
        }

        var consultation = await HoldAsync(db, actor, id, ct);
        var isPresent = await ClinicalCare.VisitsNursedBy(db, actor).ContainsAsync(consultation.AppointmentId, ct);
        return isPresent || consultation.DoctorId == actor.DoctorId
            ? consultation
            : throw new PermissionDenied("A nurse documents while the patient is checked in at her clinic.");
    }

    /// <summary>A doctor's access ends some time after the visit; from then on what he wrote is there for reading.</summary>
    public static async Task CheckCareAsync(CarelineDb db, Actor doctor, Guid patientId, CancellationToken ct)
    {
        if (!await ClinicalCare.TreatedBy(db, doctor).ContainsAsync(patientId, ct))
        {
            throw new PermissionDenied("The patient is not in your care any more: the record is read-only.");
        }
    }

    private static async Task<Consultation> HoldAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT FROM consultations.consultations WHERE id = {id} FOR UPDATE", ct);
        return await Consultation.VisibleTo(db, actor).AsTracking().FirstOrDefaultAsync(c => c.Id == id, ct) ?? throw new NotFound();
    }
}
