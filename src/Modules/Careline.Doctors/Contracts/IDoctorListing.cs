namespace Careline.Doctors.Contracts;

/// <summary>Keeps the next free time shown in the doctor list. Scheduling rewrites a doctor's days after each change of the calendar.</summary>
public interface IDoctorListing
{
    /// <summary>Replaces a doctor's future days that have free times. Works on the scope's context within the caller's transaction.</summary>
    Task SetFreeDaysAsync(Guid doctorId, IReadOnlyList<FreeDay> days, CancellationToken ct);
}

/// <summary>A day on which a doctor has at least one free time.</summary>
/// <param name="Day">The doctor's local day.</param>
/// <param name="FirstFreeAt">The first free start of that day.</param>
public sealed record FreeDay(DateOnly Day, DateTimeOffset FirstFreeAt);
