namespace Careline.Scheduling.Contracts;

/// <summary>What the visit asks of the calendar. Works on the scope's context; each call also writes the history and publishes its event.</summary>
public interface IAppointments
{
    /// <summary>
    /// Books a time for a doctor who documents without an earlier booking, and answers the appointment's id. Saves, since the database decides
    /// whether the time is free: the caller says before it what the audit must know. The other calls leave saving to the caller.
    /// </summary>
    /// <exception cref="Platform.Web.NotFound">No such doctor, or no such patient in the actor's care.</exception>
    /// <exception cref="Platform.Web.RuleViolation">The time is taken (SLOT_TAKEN, PATIENT_BUSY) or not bookable.</exception>
    Task<Guid> BookAsync(VisitBooking booking, Actor actor, CancellationToken ct);

    /// <summary>Moves an appointment to in progress.</summary>
    /// <exception cref="Platform.Web.RuleViolation">Its state forbids it.</exception>
    Task StartAsync(Guid appointmentId, Actor actor, CancellationToken ct);

    /// <summary>Moves an appointment to completed.</summary>
    /// <exception cref="Platform.Web.RuleViolation">Its state forbids it.</exception>
    Task CompleteAsync(Guid appointmentId, Actor actor, CancellationToken ct);

    /// <summary>Calls an appointment off.</summary>
    /// <exception cref="Platform.Web.RuleViolation">Its state forbids it.</exception>
    Task CancelAsync(Guid appointmentId, Actor actor, string? reason, CancellationToken ct);
}

/// <summary>A visit that is booked and documented in one go.</summary>
/// <param name="DoctorId">The doctor.</param>
/// <param name="PatientId">The patient.</param>
/// <param name="Start">First moment.</param>
/// <param name="DurationMinutes">Length, 5 to 240.</param>
/// <param name="Reason">Why, in the patient's words.</param>
public sealed record VisitBooking(Guid DoctorId, Guid PatientId, DateTimeOffset Start, int DurationMinutes, string? Reason);

/// <summary>A visit was agreed.</summary>
/// <param name="AppointmentId">The appointment.</param>
/// <param name="DoctorId">The doctor.</param>
/// <param name="PatientId">The patient.</param>
public sealed record AppointmentBooked(Guid AppointmentId, Guid DoctorId, Guid PatientId);

/// <summary>A visit was moved to another time.</summary>
/// <param name="AppointmentId">The appointment.</param>
/// <param name="DoctorId">The doctor.</param>
/// <param name="PatientId">The patient.</param>
/// <param name="Start">To when; null in what was announced by an earlier release.</param>
/// <param name="From">From when; null in what was announced by an earlier release.</param>
public sealed record AppointmentRescheduled(Guid AppointmentId, Guid DoctorId, Guid PatientId, DateTimeOffset? Start = null, DateTimeOffset? From = null);

/// <summary>A visit was asked for: the practice has to answer.</summary>
/// <param name="AppointmentId">The appointment.</param>
/// <param name="DoctorId">The doctor.</param>
/// <param name="PatientId">The patient.</param>
public sealed record AppointmentRequested(Guid AppointmentId, Guid DoctorId, Guid PatientId);

/// <summary>A visit began.</summary>
/// <param name="AppointmentId">The appointment.</param>
public sealed record AppointmentStarted(Guid AppointmentId);

/// <summary>A visit took place.</summary>
/// <param name="AppointmentId">The appointment.</param>
public sealed record AppointmentCompleted(Guid AppointmentId);

/// <summary>A visit was called off, rejected, or missed: its time is free again.</summary>
/// <param name="AppointmentId">The appointment.</param>
/// <param name="DoctorId">The doctor.</param>
/// <param name="Status">How it ended.</param>
public sealed record AppointmentEnded(Guid AppointmentId, Guid DoctorId, AppointmentStatus Status);
