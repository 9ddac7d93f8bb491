using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Consultations.History;
using Careline.Scheduling.Contracts;

namespace Careline.Consultations.Consultations;

/// <summary>Opens the document of an appointment; or books a time and opens its document in one go.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateConsultationRequest : ConsultationText, IValidatableObject
{
    /// <summary>The appointment; or else a patient and a start.</summary>
    public Guid? AppointmentId { get; init; }

    /// <summary>The caller, where given.</summary>
    public Guid? DoctorId { get; init; }

    /// <summary>The patient to book for.</summary>
    public Guid? PatientId { get; init; }

    /// <summary>First moment of the visit to book.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Length of the visit to book; 30 unless given.</summary>
    [Range(5, 240)]
    public int? DurationMinutes { get; init; }

    /// <summary>Why, as the appointment will show it.</summary>
    [MaxLength(500)]
    public string? Reason { get; init; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var books = PatientId is not null || Start is not null || DurationMinutes is not null || Reason is not null;
        if (AppointmentId is not null == books)
        {
            yield return new ValidationResult("Give either appointment_id, or patient_id and start to book a visit now.", [nameof(AppointmentId)]);
        }
        else if (books && PatientId is null)
        {
            yield return new ValidationResult("This field is required.", [nameof(PatientId)]);
        }
        else if (books && Start is null)
        {
            yield return new ValidationResult("This field is required.", [nameof(Start)]);
        }
    }
}

internal static class CreateConsultation
{
    public static void Map(RouteGroupBuilder consultations) => consultations.MapPost("/", Handle)
        .Named("CreateConsultation", "Opens the document of an appointment, booking the visit in the same step where it has none yet.")
        .ForRoles(Roles.Doctor);

    private static async Task<CreatedAnswer<ConsultationResponse>> Handle(
        CreateConsultationRequest request, Actor actor, CarelineDb db, IAppointments appointments, ConsultationMoves moves,
        ConsultationReader reader, AuditTrail trail, CancellationToken ct)
    {
        var doctor = actor.DoctorId ?? throw new PermissionDenied();
        if (request.DoctorId is { } named && named != doctor)
        {
            throw new PermissionDenied("A doctor opens his own consultations.");
        }

        var consultation = request.AppointmentId is { } appointmentId
            ? await OpenAsync(appointmentId, doctor, actor, db, moves, ct)
            : await BookAsync(request, doctor, actor, db, appointments, trail, ct);
        trail.About("consultation", consultation.Id).Concerns(consultation.PatientId);
        var isVisitOver = request.AppointmentId is not null && await AppointmentStatusOf.Async(db, consultation, ct) == AppointmentStatus.Completed;
        consultation.TakeUp(actor.AccountId, request, isVisitOver, db.Now);
        db.Append(Revision.Of(consultation.Id, actor.AccountId, RevisionAction.Created, db.Clock));
        await db.SaveChangesAsync(ct);
        return Answer.Created(await reader.ReadAsync(consultation.Id, actor, ct), "Consultation created.");
    }

    private static async Task<Consultation> BookAsync(
        CreateConsultationRequest request, Guid doctor, Actor actor, CarelineDb db, IAppointments appointments, AuditTrail trail, CancellationToken ct)
    {
        var patient = request.PatientId!.Value;

        // Said before booking, which saves, and with its save records what this request was about.
        var id = db.NewId();
        trail.About("consultation", id).Concerns(patient);
        var booking = new VisitBooking(doctor, patient, request.Start!.Value, request.DurationMinutes ?? 30, request.Reason);
        var appointment = new AppointmentRow
        {
            Id = await appointments.BookAsync(booking, actor, ct),
            DoctorId = doctor,
            PatientId = patient,
            Status = AppointmentStatus.Scheduled,
        };
        var consultation = Consultation.Of(id, appointment, db.Now);
        db.Add(consultation);
        return consultation;
    }

    /// <summary>The document that the start of the appointment opened, or a new one in the state that the appointment is in.</summary>
    private static async Task<Consultation> OpenAsync(
        Guid appointmentId, Guid doctor, Actor actor, CarelineDb db, ConsultationMoves moves, CancellationToken ct)
    {
        await FollowAppointment.HoldAsync(db, appointmentId, ct);
        var appointment = await db.Set<AppointmentRow>().FirstOrDefaultAsync(a => a.Id == appointmentId && a.DoctorId == doctor, ct)
            ?? throw new NotFound();
        if (appointment.Status is AppointmentStatus.Requested or AppointmentStatus.Held || AppointmentStatusOf.IsOff(appointment.Status))
        {
            throw new RuleViolation("APPOINTMENT_NOT_AGREED", "Only an agreed visit has a document.");
        }

        await Documenting.CheckCareAsync(db, actor, appointment.PatientId, ct);
        if (await FollowAppointment.FindAsync(db, appointment.Id, ct) is { } opened)
        {
            return opened;
        }

        var consultation = Consultation.Of(db.NewId(), appointment, db.Now);
        db.Add(consultation);
        if (appointment.Status is AppointmentStatus.InProgress or AppointmentStatus.Completed)
        {
            moves.Start(consultation, actor.AccountId);
        }

        return consultation;
    }
}
