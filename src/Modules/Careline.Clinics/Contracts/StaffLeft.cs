namespace Careline.Clinics.Contracts;

/// <summary>Somebody's role at a clinic ended. They may have another there.</summary>
/// <param name="ClinicId">The clinic.</param>
/// <param name="AccountId">The account.</param>
public sealed record StaffLeft(Guid ClinicId, Guid AccountId);
