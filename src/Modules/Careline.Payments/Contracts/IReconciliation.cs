namespace Careline.Payments.Contracts;

/// <summary>Compares the books with the gateways and with themselves.</summary>
public interface IReconciliation
{
    /// <summary>
    /// Asks the gateways about every open payment, every refund on its way, and what was paid within some days; takes what they answer into the books; and then adds the
    /// books up.
    /// </summary>
    Task<ReconciliationReport> RunAsync(CancellationToken ct);
}

/// <summary>How a comparison went.</summary>
public sealed record ReconciliationReport
{
    /// <summary>Tries that a gateway was asked about.</summary>
    public required int Asked { get; init; }

    /// <summary>Refunds that a gateway was told or asked about.</summary>
    public required int Refunds { get; init; }

    /// <summary>Payments that turned out to be paid.</summary>
    public required int Healed { get; init; }

    /// <summary>Payments that are still open.</summary>
    public required int Open { get; init; }

    /// <summary>Discrepancies that nobody has looked at.</summary>
    public required int Discrepancies { get; init; }

    /// <summary>Currencies whose debits are not their credits. Never any.</summary>
    public required IReadOnlyList<string> Unbalanced { get; init; }

    /// <summary>Payments that are marked paid without a posting, or posted without being marked. Never any.</summary>
    public required IReadOnlyList<string> Unposted { get; init; }

    /// <summary>Payments of which more went back than came. Never any.</summary>
    public required IReadOnlyList<string> Overdrawn { get; init; }

    /// <summary>Whether the books are sound.</summary>
    public bool IsSound => Unbalanced.Count + Unposted.Count + Overdrawn.Count == 0;
}
