namespace Careline.Patients.Contracts;

/// <summary>Opens and closes the relationships that decide who sees a patient. Works on the scope's context; the caller saves.</summary>
public interface ICareRelationships
{
    /// <summary>Opens a relationship whose source (an appointment) is new: it is written by the caller's save.</summary>
    void Begin(CareRelationshipOpening opening);

    /// <summary>Opens a relationship caused by the opening's source, or moves the end of the one already open for it.</summary>
    Task OpenAsync(CareRelationshipOpening opening, CancellationToken ct);

    /// <summary>Ends at once what <paramref name="sourceId"/> had opened.</summary>
    Task CloseAsync(Guid sourceId, CancellationToken ct);
}

/// <summary>A relationship to open.</summary>
/// <param name="PatientId">The patient.</param>
/// <param name="AccountId">The account of the person who cares.</param>
/// <param name="Reason">Why.</param>
/// <param name="SourceId">What caused it.</param>
/// <param name="Until">First moment after it; null while open-ended.</param>
public sealed record CareRelationshipOpening(Guid PatientId, Guid AccountId, CareReason Reason, Guid SourceId, DateTimeOffset? Until);
