using Careline.Audit.Contracts;
using Careline.Doctors.Contracts;

namespace Careline.Scheduling.Appointments;

/// <summary>What the visit is about. Time and state change by moves only.</summary>
/// <param name="VisitType">Why somebody comes.</param>
/// <param name="Modality">How the two meet.</param>
/// <param name="Urgency">How soon it must be.</param>
/// <param name="Reason">In the patient's words.</param>
/// <param name="Symptoms">For the doctor's eyes.</param>
/// <param name="Notes">For the doctor's eyes.</param>
/// <param name="ContactPhone">Where the patient can be reached that day, E.164.</param>
public sealed record ReplaceAppointmentRequest(
    VisitType VisitType = VisitType.General,
    Modality Modality = Modality.Video,
    Urgency Urgency = Urgency.Medium,
    [MaxLength(1000)] string? Reason = null,
    [MaxLength(4000)] string? Symptoms = null,
    [MaxLength(4000)] string? Notes = null,
    [RegularExpression(@"^\+[1-9][0-9]{6,14}$", ErrorMessage = "Must be a phone number such as +2348012345678.")] string? ContactPhone = null)
{
    internal static ReplaceAppointmentRequest From(Appointment a) =>
        new(a.VisitType, a.Modality, a.Urgency, a.Reason, a.Symptoms, a.Notes, a.ContactPhone);

    /// <summary>The plan that replaces the present one. Who does not see the clinical fields leaves them as they are.</summary>
    internal VisitPlan PlanFor(Appointment present, bool seesClinical) => new(
        VisitType, Modality, Urgency, Reason, seesClinical ? Symptoms : present.Symptoms, seesClinical ? Notes : present.Notes, ContactPhone);
}

internal static class ReplaceAppointment
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapPut("/{id:guid}/", Handle)
            .Named("ReplaceAppointment", "Replaces what an appointment is about.").ForSignedIn().VisibleAs<Appointment>();
        group.MapPatch("/{id:guid}/", HandlePatch)
            .Named("ChangeAppointment", "Changes what an appointment is about.").ForSignedIn().VisibleAs<Appointment>()
            .AcceptsMerge<ReplaceAppointmentRequest>();
    }

    private static async Task<Answer<AppointmentResponse>> Handle(
        Guid id, ReplaceAppointmentRequest request, IfMatch ifMatch, Actor actor, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var view = await AppointmentView.LockAsync(db, actor, id, ct);
        return await ReplaceAsync(view, request, ifMatch, actor, trail, db, ct);
    }

    private static async Task<Answer<AppointmentResponse>> HandlePatch(
        Guid id, Merge<ReplaceAppointmentRequest> patch, IfMatch ifMatch, Actor actor, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var view = await AppointmentView.LockAsync(db, actor, id, ct);
        return await ReplaceAsync(view, await patch.OntoAsync(ReplaceAppointmentRequest.From(view.Appointment)), ifMatch, actor, trail, db, ct);
    }

    private static async Task<Answer<AppointmentResponse>> ReplaceAsync(
        AppointmentView view,
        ReplaceAppointmentRequest request,
        IfMatch ifMatch,
        Actor actor,
        AuditTrail trail,
        CarelineDb db,
        CancellationToken ct)
    {
        var appointment = view.Appointment;
        ifMatch.Check(appointment);
        if (request.Modality != appointment.Modality)
        {
            await VisitTerms.CheckModalityAsync(appointment, request.Modality, view.PartyOf(actor) == Party.Patient, db, ct);
        }

        db.Append(appointment.Replace(request.PlanFor(appointment, view.SeesClinical(actor)), new Act(actor.AccountId, db.Now)));
        trail.About("appointment", appointment.Id).Concerns(appointment.PatientId);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(AppointmentResponse.From(view, actor, db.Now), "Appointment updated.");
    }
}
