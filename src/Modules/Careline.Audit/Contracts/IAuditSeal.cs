namespace Careline.Audit.Contracts;

/// <summary>The chain that shows whether anybody changed the audit.</summary>
public interface IAuditSeal
{
    /// <summary>Walks the whole chain and answers how far it is whole and what is wrong first.</summary>
    Task<SealVerdict> VerifyAsync(CancellationToken ct);
}

/// <summary>What a walk along the chain found.</summary>
/// <param name="Whole">Rows that are as they were sealed, from the first on.</param>
/// <param name="Broken">The first row that is not, or null.</param>
public sealed record SealVerdict(long Whole, BrokenSeal? Broken);

/// <summary>The first row that is not as it was sealed.</summary>
/// <param name="Position">Its place in the chain; null for a row that has none.</param>
/// <param name="EventId">The event, where it is known.</param>
/// <param name="Tampering">What was done.</param>
public sealed record BrokenSeal(long? Position, Guid? EventId, Tampering Tampering);

/// <summary>What can be done to a row of the audit.</summary>
public enum Tampering
{
    /// <summary>The event or its seal says something else than when it was sealed.</summary>
    Changed,

    /// <summary>The event is gone, its seal is there.</summary>
    MissingEvent,

    /// <summary>The seal is gone, or the end of the chain was cut off.</summary>
    MissingSeal,

    /// <summary>An event older than a minute was never sealed.</summary>
    Inserted,

    /// <summary>Another row lies in its place.</summary>
    Swapped,
}
