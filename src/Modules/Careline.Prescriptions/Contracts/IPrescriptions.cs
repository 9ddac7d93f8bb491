namespace Careline.Prescriptions.Contracts;

/// <summary>
/// What a visit asks of prescribing. Works on the scope's context; the caller decides who may prescribe and see, holds the visit's lock, and saves.
/// </summary>
public interface IPrescriptions
{
    /// <summary>Lines of all prescriptions, to be narrowed, ordered and paged by the caller in SQL.</summary>
    IQueryable<PrescriptionLineRow> Lines { get; }

    /// <summary>Adds a line to the visit's draft, which is made with its first line; unsaved.</summary>
    Task<PrescriptionLineRow> AddLineAsync(PrescribingVisit visit, MedicationOrder order, CancellationToken ct);

    /// <summary>The visit is complete: its draft is checked once more, signed, and not changed any more.</summary>
    /// <exception cref="Careline.Platform.Web.Refusal">SAFETY_ALERT: the doctor must decide about a finding first. Nothing was signed.</exception>
    Task IssueAsync(Guid consultationId, CancellationToken ct);

    /// <summary>The visit was called off: its draft is void.</summary>
    Task WithdrawAsync(Guid consultationId, CancellationToken ct);
}

/// <summary>The visit in which something is prescribed.</summary>
/// <param name="ConsultationId">The visit.</param>
/// <param name="PatientId">For whom.</param>
/// <param name="DoctorId">By whom.</param>
public sealed record PrescribingVisit(Guid ConsultationId, Guid PatientId, Guid DoctorId);
