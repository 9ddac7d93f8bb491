using Careline.Doctors.Contracts;
using Careline.Patients.Contracts;
using Careline.Scheduling.Appointments;
using Careline.Scheduling.Slots;

namespace Careline.Scheduling.Waitlist;

/// <summary>Somebody who waits for a time.</summary>
public sealed record WaitlistResponse : IVersioned
{
    /// <summary>The entry.</summary>
    public required Guid Id { get; init; }

    /// <summary>Where it stands.</summary>
    public required WaitlistStatus Status { get; init; }

    /// <summary>Whose time is waited for.</summary>
    public required AppointmentDoctor Doctor { get; init; }

    /// <summary>Who waits.</summary>
    public required AppointmentPatient Patient { get; init; }

    /// <summary>Only times at this clinic, if one was named.</summary>
    public required Guid? ClinicId { get; init; }

    /// <summary>Only times of this way to meet, if one was named.</summary>
    public required Modality? Modality { get; init; }

    /// <summary>First day, in the doctor's zone.</summary>
    public required DateOnly StartDate { get; init; }

    /// <summary>Last day.</summary>
    public required DateOnly EndDate { get; init; }

    /// <summary>Only this part of a day, if one was named.</summary>
    public required DayPart? DayPart { get; init; }

    /// <summary>How soon it must be: a head start in the line.</summary>
    public required Urgency Urgency { get; init; }

    /// <summary>The doctor's IANA zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The time that is offered and kept, if one is.</summary>
    public required WaitlistOffer? Offer { get; init; }

    /// <summary>The appointment that came of it, once accepted.</summary>
    public required Guid? AppointmentId { get; init; }

    /// <summary>What to do instead of waiting, where it is an emergency.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EmergencyAdvice { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <inheritdoc />
    public required int Version { get; init; }

    internal static WaitlistResponse From(WaitlistView view, SchedulingOptions options)
    {
        var (e, d, p) = (view.Entry, view.Doctor, view.Patient);
        var isLive = e.Status is WaitlistStatus.Waiting or WaitlistStatus.Offered;
        return new WaitlistResponse
        {
            Id = e.Id,
            Status = e.Status,
            Doctor = new AppointmentDoctor(d.Id, d.AccountId, d.Name, d.Specializations),
            Patient = new AppointmentPatient(p.Id, p.AccountId, p.Name),
            ClinicId = e.ClinicId,
            Modality = e.Modality,
            StartDate = e.StartDate,
            EndDate = e.EndDate,
            DayPart = e.DayPart,
            Urgency = e.Urgency,
            TimeZone = d.TimeZone,
            Offer = e.OfferExpiresAt is { } until ? new WaitlistOffer(e.OfferedStart!.Value, e.OfferedEnd!.Value, until) : null,
            AppointmentId = e.Status == WaitlistStatus.Accepted ? e.HoldId : null,
            EmergencyAdvice = isLive && e.Urgency == Urgency.Emergency ? options.EmergencyAdvice : null,
            CreatedAt = e.CreatedAt,
            Version = e.Version,
        };
    }
}

/// <summary>A time that is offered and kept.</summary>
/// <param name="Start">First moment, UTC.</param>
/// <param name="End">First moment after it, UTC.</param>
/// <param name="ExpiresAt">Until when it is kept.</param>
public sealed record WaitlistOffer(DateTimeOffset Start, DateTimeOffset End, DateTimeOffset ExpiresAt);

/// <summary>An entry with the names that its answers show.</summary>
internal sealed class WaitlistView
{
    public required WaitlistEntry Entry { get; init; }

    public required DoctorRow Doctor { get; init; }

    public required PatientRow Patient { get; init; }

    public static IQueryable<WaitlistView> Of(CarelineDb db, IQueryable<WaitlistEntry> entries) =>
        from e in entries
        join d in db.Set<DoctorRow>() on e.DoctorId equals d.Id
        join p in db.Set<PatientRow>() on e.PatientId equals p.Id
        select new WaitlistView { Entry = e, Doctor = d, Patient = p };
}
