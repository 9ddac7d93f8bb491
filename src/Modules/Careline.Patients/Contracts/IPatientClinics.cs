namespace Careline.Patients.Contracts;

/// <summary>Which clinics know a patient, so that their reception sees name and contact data.</summary>
public interface IPatientClinics
{
    /// <summary>The patient becomes known at the clinic; a second time changes nothing. Works within the caller's transaction.</summary>
    Task EnlistAsync(Guid patientId, Guid clinicId, CancellationToken ct);
}
