namespace Careline.Labs.Contracts;

/// <summary>
/// What a visit asks of the laboratory. Works on the scope's context; the caller decides who may order and see, holds the visit's lock, and saves.
/// </summary>
public interface ILabs
{
    /// <summary>All orders, to be narrowed, ordered and paged by the caller in SQL.</summary>
    IQueryable<LabOrderRow> Orders { get; }

    /// <summary>Orders tests in a visit, and saves: the database gives the order its number.</summary>
    /// <exception cref="Platform.Web.InvalidInput">A test or panel is not offered.</exception>
    Task<LabOrderRow> OrderAsync(LabVisit visit, LabOrderForm form, CancellationToken ct);

    /// <summary>The visit was called off: its orders on which nobody has worked yet are cancelled; unsaved.</summary>
    Task WithdrawAsync(Guid consultationId, CancellationToken ct);
}

/// <summary>For whom and by whom something is ordered.</summary>
/// <param name="ConsultationId">The visit, if it is in one.</param>
/// <param name="PatientId">For whom.</param>
/// <param name="DoctorId">By whom.</param>
/// <param name="OrderedBy">The account of that person.</param>
public sealed record LabVisit(Guid? ConsultationId, Guid PatientId, Guid DoctorId, Guid OrderedBy);
