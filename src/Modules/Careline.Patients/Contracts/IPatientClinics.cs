namespace Careline.Patients.Contracts;

/// <summary>
/// Which clinics know a patient, so that their reception sees name and contact data, and where a patient is at this moment, so that the nurses there
/// care. Works within the caller's transaction.
/// </summary>
public interface IPatientClinics
{
    /// <summary>The patient becomes known at the clinic by a visit there; a second time changes nothing.</summary>
    Task EnlistAsync(Guid patientId, Guid clinicId, CancellationToken ct);

    /// <summary>The patient becomes known at the clinic because somebody entered them; a second time changes nothing.</summary>
    Task RegisterAsync(Guid patientId, Guid clinicId, Guid by, CancellationToken ct);

    /// <summary>
    /// The patient is there: the clinic's nurses see and treat until <see cref="LeaveAsync"/>, never more than a day before or after the visit's time.
    /// A second time changes nothing.
    /// </summary>
    Task ArriveAsync(ClinicVisit visit, CancellationToken ct);

    /// <summary>The visit is over, or does not take place.</summary>
    Task LeaveAsync(Guid sourceId, CancellationToken ct);
}

/// <summary>A visit that brings a patient to a clinic.</summary>
/// <param name="PatientId">The patient.</param>
/// <param name="ClinicId">The clinic.</param>
/// <param name="SourceId">The appointment.</param>
/// <param name="StartsAt">When it was to begin.</param>
public sealed record ClinicVisit(Guid PatientId, Guid ClinicId, Guid SourceId, DateTimeOffset StartsAt);
