using Careline.Scheduling.Contracts;

namespace Careline.Consultations.Consultations;

/// <summary>Where the appointment of a consultation stands.</summary>
internal static class AppointmentStatusOf
{
    public static Task<AppointmentStatus> Async(CarelineDb db, Consultation consultation, CancellationToken ct) =>
        db.Set<AppointmentRow>().Where(a => a.Id == consultation.AppointmentId).Select(a => a.Status).FirstAsync(ct);

    /// <summary>Whether the visit will not take place.</summary>
    public static bool IsOff(AppointmentStatus status) =>
        status is AppointmentStatus.Cancelled or AppointmentStatus.Rejected or AppointmentStatus.NoShow or AppointmentStatus.Expired;
}
