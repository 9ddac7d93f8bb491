namespace Careline.Doctors.Contracts;

/// <summary>Keeps the next free time shown in the doctor list. Scheduling rewrites a doctor's days after each change of the calendar.</summary>
public interface IDoctorListing
{
    /// <summary>
    /// Replaces these doctors' future days that have free times; a doctor without a day has none. Works on the scope's context within the caller's
    /// transaction.
    /// </summary>
    Task SetFreeDaysAsync(IReadOnlyCollection<Guid> doctorIds, IReadOnlyCollection<FreeDay> days, CancellationToken ct);

    /// <summary>
    /// Notes that scheduling keeps working hours for a doctor, in a zone that becomes the doctor's own. Works within the caller's transaction.
    /// </summary>
    Task KeepScheduleAsync(Guid doctorId, string timeZone, CancellationToken ct);
}

/// <summary>A day on which a doctor has at least one free time.</summary>
/// <param name="DoctorId">The doctor.</param>
/// <param name="Day">The doctor's local day.</param>
/// <param name="FirstFreeAt">The first free start of that day.</param>
public sealed record FreeDay(Guid DoctorId, DateOnly Day, DateTimeOffset FirstFreeAt);
