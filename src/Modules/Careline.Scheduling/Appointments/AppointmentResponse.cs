using Careline.Doctors.Contracts;
using Careline.Payments.Contracts;
using Careline.Platform.Time;
using Careline.Scheduling.Rescheduling;

namespace Careline.Scheduling.Appointments;

/// <summary>An appointment as its reader may see it.</summary>
public sealed record AppointmentResponse : IVersioned
{
    /// <summary>The appointment.</summary>
    public required Guid Id { get; init; }

    /// <summary>The human number, such as <c>APT-000123</c>.</summary>
    public required string Number { get; init; }

    /// <summary>Where it stands.</summary>
    public required AppointmentStatus Status { get; init; }

    /// <summary>The status for people.</summary>
    public required string StatusDisplay { get; init; }

    /// <summary>Who is seen.</summary>
    public required AppointmentDoctor Doctor { get; init; }

    /// <summary>Who comes.</summary>
    public required AppointmentPatient Patient { get; init; }

    /// <summary>Where, if at a clinic.</summary>
    public required AppointmentClinic? Clinic { get; init; }

    /// <summary>The service of the clinic that it is; only where it is one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required AppointmentOffer? Service { get; init; }

    /// <summary>First moment, UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>First moment after it, UTC.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>The IANA zone of the wall-clock times.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The day, in the zone.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Wall-clock start, in the zone.</summary>
    public required TimeOnly StartTime { get; init; }

    /// <summary>Wall-clock end, in the zone.</summary>
    public required TimeOnly EndTime { get; init; }

    /// <summary>Length.</summary>
    public required int DurationMinutes { get; init; }

    /// <summary>Why somebody comes.</summary>
    public required VisitType VisitType { get; init; }

    /// <summary>How the two meet.</summary>
    public required Modality Modality { get; init; }

    /// <summary>How soon it must be.</summary>
    public required Urgency Urgency { get; init; }

    /// <summary>In the patient's words.</summary>
    public required string? Reason { get; init; }

    /// <summary>Clinical: null for those who only run the calendar.</summary>
    public required string? Symptoms { get; init; }

    /// <summary>Clinical: null for those who only run the calendar.</summary>
    public required string? Notes { get; init; }

    /// <summary>Where the patient can be reached that day, E.164.</summary>
    public required string? ContactPhone { get; init; }

    /// <summary>The fee when it was booked, if any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required AppointmentFee? Fee { get; init; }

    /// <summary>Where the payment for it stands; only where one was begun.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required VisitPaymentStatus? PaymentStatus { get; init; }

    /// <summary>The other time that was proposed just now; only where a wish to move it has to be agreed to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProposalResponse? RescheduleProposal { get; init; }

    /// <summary>Whether the reader may call it off now.</summary>
    public required bool CanCancel { get; init; }

    /// <summary>Whether the reader may move it now.</summary>
    public required bool CanReschedule { get; init; }

    /// <summary>Whether the remote visit may be entered now.</summary>
    public required bool CanJoin { get; init; }

    /// <summary>When it was booked.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <inheritdoc />
    public required int Version { get; init; }

    internal static AppointmentResponse From(AppointmentView view, Actor actor, DateTimeOffset now)
    {
        var a = view.Appointment;
        var party = view.PartyOf(actor);
        var start = ZonedTimes.ToLocal(a.StartsAt, a.TimeZone);
        var seesClinical = view.SeesClinical(actor);
        return new AppointmentResponse
        {
            Id = a.Id,
            Number = a.Number,
            Status = a.Status,
            StatusDisplay = EnumText<AppointmentStatus>.Display(a.Status),
            Doctor = new AppointmentDoctor(a.DoctorId, view.DoctorAccountId, view.DoctorName, view.DoctorSpecializations),
            Patient = new AppointmentPatient(a.PatientId, view.PatientAccountId, view.PatientName),
            Clinic = a.ClinicId is { } clinicId ? new AppointmentClinic(clinicId, view.ClinicName ?? "") : null,
            Service = a.ServiceId is { } serviceId ? new AppointmentOffer(serviceId, view.ServiceName ?? "") : null,
            Start = a.StartsAt,
            End = a.EndsAt,
            TimeZone = a.TimeZone,
            Date = start.Date,
            StartTime = start.Time,
            EndTime = ZonedTimes.ToLocal(a.EndsAt, a.TimeZone).Time,
            DurationMinutes = (int)(a.EndsAt - a.StartsAt).TotalMinutes,
            VisitType = a.VisitType,
            Modality = a.Modality,
            Urgency = a.Urgency,
            Reason = a.Reason,
            Symptoms = seesClinical ? a.Symptoms : null,
            Notes = seesClinical ? a.Notes : null,
            ContactPhone = a.ContactPhone,
            Fee = a is { FeeAmount: { } amount, FeeCurrency: { } currency } ? new AppointmentFee(amount, currency) : null,
            PaymentStatus = PaymentOf(view.PaymentStatus),
            CanCancel = Moves.Allows(Move.Cancel, a.Status, party),
            CanReschedule = Moves.Allows(Move.Reschedule, a.Status, party),
            CanJoin = party is not Party.Staff && a.CanBeJoinedAt(now),
            CreatedAt = a.CreatedAt,
            UpdatedAt = a.UpdatedAt,
            Version = a.Version,
        };
    }

    private static VisitPaymentStatus? PaymentOf(PaymentStatus? status) => status switch
    {
        null or Payments.Contracts.PaymentStatus.Cancelled => null,
        Payments.Contracts.PaymentStatus.Completed or Payments.Contracts.PaymentStatus.PartiallyRefunded => VisitPaymentStatus.Paid,
        Payments.Contracts.PaymentStatus.Refunded => VisitPaymentStatus.Refunded,
        Payments.Contracts.PaymentStatus.Failed => VisitPaymentStatus.Failed,
        _ => VisitPaymentStatus.Pending,
    };
}

/// <summary>Where the payment for a visit stands, as far as the visit is concerned.</summary>
public enum VisitPaymentStatus
{
    /// <summary>Somebody is to pay, or pays.</summary>
    Pending,

    /// <summary>The money is there.</summary>
    Paid,

    /// <summary>The gateway refused.</summary>
    Failed,

    /// <summary>All of it went back.</summary>
    Refunded,
}

/// <summary>Who is seen.</summary>
/// <param name="Id">The doctor.</param>
/// <param name="UserId">The doctor's account.</param>
/// <param name="Name">As patients read it.</param>
/// <param name="Specializations">Names of the specialties.</param>
public sealed record AppointmentDoctor(Guid Id, Guid UserId, string Name, string[] Specializations);

/// <summary>Who comes.</summary>
/// <param name="Id">The patient.</param>
/// <param name="UserId">The patient's account, if any.</param>
/// <param name="Name">Given and family name.</param>
public sealed record AppointmentPatient(Guid Id, Guid? UserId, string Name);

/// <summary>Where.</summary>
/// <param name="Id">The clinic.</param>
/// <param name="Name">Its name.</param>
public sealed record AppointmentClinic(Guid Id, string Name);

/// <summary>What a clinic sells.</summary>
/// <param name="Id">The service.</param>
/// <param name="Name">Its name.</param>
public sealed record AppointmentOffer(Guid Id, string Name);

/// <summary>What it costs.</summary>
/// <param name="Amount">In minor units.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record AppointmentFee(long Amount, string Currency);
