using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Consultations.Consultations;
using Careline.Consultations.History;
using Careline.Doctors.Contracts;
using Careline.Scheduling.Contracts;
using Careline.Vitals.Contracts;

namespace Careline.Consultations.VitalSigns;

internal static class RecordVitalSigns
{
    public static void Map(RouteGroupBuilder consultations) => consultations.MapPost("/{id:guid}/vital-signs/", Handle)
        .Named("RecordConsultationVitalSigns", "Records vital signs in a visit that is not closed; answers the body mass index and NEWS2 that follow.")
        .ForRoles(Roles.Doctor, Roles.Nurse)
        .VisibleAs<Consultation>();

    private static async Task<CreatedAnswer<VitalSetRow>> Handle(
        Guid id, VitalMeasurements request, Actor actor, CarelineDb db, IVitals vitals, AuditTrail trail, CancellationToken ct)
    {
        var consultation = await Documenting.AsCareTeamAsync(db, actor, id, ct);
        consultation.MustBeOpen();
        var doctor = await db.Set<DoctorRow>().Where(d => d.Id == consultation.DoctorId).Select(d => d.AccountId).FirstAsync(ct);
        var clinic = await db.Set<AppointmentRow>().Where(a => a.Id == consultation.AppointmentId).Select(a => a.ClinicId).FirstOrDefaultAsync(ct);
        var reading = new VitalReading(consultation.PatientId, id, actor.AccountId, request) { ResponsibleAccountId = doctor, ClinicId = clinic };
        var set = await vitals.RecordAsync(reading, ct);
        db.Append(Revision.Of(id, actor.AccountId, RevisionAction.VitalsRecorded, db.Clock));
        trail.About("consultation", id).Concerns(consultation.PatientId);
        await db.SaveChangesAsync(ct);
        return Answer.Created(set, "Vital signs recorded.");
    }
}
