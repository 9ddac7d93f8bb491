namespace Careline.Prescriptions.Contracts;

/// <summary>A prescription was signed and is valid.</summary>
/// <param name="PrescriptionId">The prescription.</param>
/// <param name="PatientId">For whom.</param>
public sealed record PrescriptionSigned(Guid PrescriptionId, Guid PatientId);

/// <summary>A signed prescription was called off: nothing of it is to be taken or handed out.</summary>
/// <param name="PrescriptionId">The prescription.</param>
/// <param name="PatientId">For whom.</param>
public sealed record PrescriptionCancelled(Guid PrescriptionId, Guid PatientId);

/// <summary>A prescription was sent to a pharmacy.</summary>
/// <param name="PrescriptionId">The prescription.</param>
/// <param name="ClinicId">The pharmacy.</param>
public sealed record PrescriptionSent(Guid PrescriptionId, Guid ClinicId);
