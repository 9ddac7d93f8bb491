namespace Careline.Consultations.Contracts;

/// <summary>A visit's document was closed: the visit took place.</summary>
/// <param name="ConsultationId">The consultation.</param>
/// <param name="AppointmentId">Its appointment.</param>
/// <param name="DoctorId">The doctor.</param>
/// <param name="PatientId">The patient.</param>
public sealed record ConsultationCompleted(Guid ConsultationId, Guid AppointmentId, Guid DoctorId, Guid PatientId);

/// <summary>Something was added to a document that was closed.</summary>
/// <param name="ConsultationId">The consultation.</param>
public sealed record ConsultationAmended(Guid ConsultationId);
