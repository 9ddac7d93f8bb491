using Careline.Doctors.Contracts;

namespace Careline.Scheduling.Contracts;

/// <summary>An appointment, as modules above join it: <c>db.Set&lt;AppointmentRow&gt;()</c>. No clinical text.</summary>
public sealed class AppointmentRow
{
    /// <summary>The appointment.</summary>
    public Guid Id { get; init; }

    /// <summary>The human number, such as <c>APT-000123</c>.</summary>
    public string Number { get; init; } = "";

    /// <summary>The doctor.</summary>
    public Guid DoctorId { get; init; }

    /// <summary>The patient.</summary>
    public Guid PatientId { get; init; }

    /// <summary>The clinic, if any.</summary>
    public Guid? ClinicId { get; init; }

    /// <summary>Where it stands.</summary>
    public AppointmentStatus Status { get; init; }

    /// <summary>First moment.</summary>
    public DateTimeOffset StartsAt { get; init; }

    /// <summary>First moment after it.</summary>
    public DateTimeOffset EndsAt { get; init; }

    /// <summary>How the two meet.</summary>
    public Modality Modality { get; init; }
}

/// <summary>When a visit that is not held at the practice can be entered; one that is going on can be entered at any time.</summary>
public static class VisitDoors
{
    /// <summary>For so long before the start.</summary>
    public static TimeSpan OpenBefore { get; } = TimeSpan.FromMinutes(15);

    /// <summary>For so long after the end.</summary>
    public static TimeSpan StayOpenAfter { get; } = TimeSpan.FromHours(1);
}

/// <summary>Where an appointment stands. All but the last five occupy their time.</summary>
public enum AppointmentStatus
{
    /// <summary>Asked for, not yet answered.</summary>
    Requested,

    /// <summary>Kept for some minutes while a form is filled.</summary>
    Held,

    /// <summary>Agreed.</summary>
    Scheduled,

    /// <summary>Agreed and confirmed by the practice.</summary>
    Confirmed,

    /// <summary>The patient is there.</summary>
    CheckedIn,

    /// <summary>The visit has begun.</summary>
    InProgress,

    /// <summary>The visit took place.</summary>
    Completed,

    /// <summary>Called off.</summary>
    Cancelled,

    /// <summary>The practice declined the request.</summary>
    Rejected,

    /// <summary>The patient did not come.</summary>
    NoShow,

    /// <summary>A hold or request that nobody followed up.</summary>
    Expired,
}
