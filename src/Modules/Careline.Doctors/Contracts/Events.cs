namespace Careline.Doctors.Contracts;

/// <summary>An administrator decided on a doctor's licence.</summary>
/// <param name="DoctorId">The doctor.</param>
/// <param name="AccountId">The doctor's account.</param>
/// <param name="IsVerified">Whether the licence was found right.</param>
public sealed record DoctorVerificationDecided(Guid DoctorId, Guid AccountId, bool IsVerified);
