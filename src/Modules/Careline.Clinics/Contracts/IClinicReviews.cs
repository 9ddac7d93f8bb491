namespace Careline.Clinics.Contracts;

/// <summary>Who may review a clinic: only patients whose visit there took place. Scheduling tells of each when it is completed.</summary>
public interface IClinicReviews
{
    /// <summary>Lets the patient of a completed visit review its clinic, once. Goes with the caller's save; telling again changes nothing.</summary>
    void Allow(CompletedClinicVisit visit);
}

/// <summary>A visit at a clinic that took place.</summary>
/// <param name="AppointmentId">The appointment.</param>
/// <param name="ClinicId">The clinic.</param>
/// <param name="PatientId">The patient.</param>
public sealed record CompletedClinicVisit(Guid AppointmentId, Guid ClinicId, Guid PatientId);
