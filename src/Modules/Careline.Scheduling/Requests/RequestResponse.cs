using Careline.Doctors.Contracts;
using Careline.Scheduling.Appointments;
using Careline.Scheduling.Slots;

namespace Careline.Scheduling.Requests;

/// <summary>A request for an appointment.</summary>
public sealed record RequestResponse : IVersioned
{
    /// <summary>The request; also the appointment's id, once it is accepted.</summary>
    public required Guid Id { get; init; }

    /// <summary>The human number, such as <c>APT-000123</c>.</summary>
    public required string Number { get; init; }

    /// <summary>Where it stands: requested, then scheduled, rejected, cancelled or expired.</summary>
    public required AppointmentStatus Status { get; init; }

    /// <summary>The status for people.</summary>
    public required string StatusDisplay { get; init; }

    /// <summary>Who is asked.</summary>
    public required AppointmentDoctor Doctor { get; init; }

    /// <summary>Who asks.</summary>
    public required AppointmentPatient Patient { get; init; }

    /// <summary>The day asked for, in the doctor's zone.</summary>
    public required DateOnly PreferredDate { get; init; }

    /// <summary>The part of the day asked for; null where an exact time was.</summary>
    public required DayPart? DayPart { get; init; }

    /// <summary>First moment, UTC; null until the practice names one.</summary>
    public required DateTimeOffset? Start { get; init; }

    /// <summary>First moment after it, UTC; null until the practice names one.</summary>
    public required DateTimeOffset? End { get; init; }

    /// <summary>The doctor's IANA zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Why somebody comes.</summary>
    public required VisitType VisitType { get; init; }

    /// <summary>How the two meet.</summary>
    public required Modality Modality { get; init; }

    /// <summary>How soon it must be.</summary>
    public required Urgency Urgency { get; init; }

    /// <summary>In the patient's words.</summary>
    public required string? Reason { get; init; }

    /// <summary>Until when the practice can answer; null once it is answered.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What to do instead of waiting, where it is an emergency.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EmergencyAdvice { get; init; }

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <inheritdoc />
    public required int Version { get; init; }

    internal static RequestResponse From(AppointmentView view, AppointmentRequest request, SchedulingOptions options)
    {
        var a = view.Appointment;
        var hasTime = a.EndsAt > a.StartsAt;
        return new RequestResponse
        {
            Id = a.Id,
            Number = a.Number,
            Status = a.Status,
            StatusDisplay = EnumText<AppointmentStatus>.Display(a.Status),
            Doctor = new AppointmentDoctor(a.DoctorId, view.DoctorAccountId, view.DoctorName, view.DoctorSpecializations),
            Patient = new AppointmentPatient(a.PatientId, view.PatientAccountId, view.PatientName),
            PreferredDate = request.PreferredDate,
            DayPart = request.DayPart,
            Start = hasTime ? a.StartsAt : null,
            End = hasTime ? a.EndsAt : null,
            TimeZone = a.TimeZone,
            VisitType = a.VisitType,
            Modality = a.Modality,
            Urgency = a.Urgency,
            Reason = a.Reason,
            ExpiresAt = a.Status == AppointmentStatus.Requested ? a.ExpiresAt : null,
            EmergencyAdvice = a is { Status: AppointmentStatus.Requested, Urgency: Urgency.Emergency } ? options.EmergencyAdvice : null,
            CreatedAt = request.CreatedAt,
            Version = a.Version,
        };
    }
}
