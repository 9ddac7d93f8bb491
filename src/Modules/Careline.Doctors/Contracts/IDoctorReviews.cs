namespace Careline.Doctors.Contracts;

/// <summary>Who may review a doctor: only patients whose visit took place. Scheduling tells of each when it is completed.</summary>
public interface IDoctorReviews
{
    /// <summary>Lets the patient of a completed visit review its doctor, once. Goes with the caller's save; telling again changes nothing.</summary>
    void Allow(CompletedVisit visit);
}

/// <summary>A visit that took place.</summary>
/// <param name="AppointmentId">The appointment.</param>
/// <param name="DoctorId">The doctor.</param>
/// <param name="PatientId">The patient.</param>
public sealed record CompletedVisit(Guid AppointmentId, Guid DoctorId, Guid PatientId);
