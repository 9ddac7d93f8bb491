namespace Careline.Patients.Contracts;

/// <summary>Where patients are reached who have no account, and in which language all of them are told.</summary>
public interface IPatientAddresses
{
    /// <summary>Of the active ones among these patients.</summary>
    Task<IReadOnlyDictionary<Guid, PatientAddress>> OfAsync(IReadOnlyCollection<Guid> patientIds, CancellationToken ct);
}

/// <summary>What a patient's record says of how to reach the patient.</summary>
/// <param name="PatientId">The patient.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="Phone">E.164.</param>
/// <param name="Language">BCP 47.</param>
public sealed record PatientAddress(Guid PatientId, string? Email, string? Phone, string? Language);
