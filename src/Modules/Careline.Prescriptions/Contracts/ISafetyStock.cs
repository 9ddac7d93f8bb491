namespace Careline.Prescriptions.Contracts;

/// <summary>The data that prescribing is checked against: whether it is whole, and what a site adds to it.</summary>
public interface ISafetyStock
{
    /// <summary>How the data stands at this moment.</summary>
    Task<SafetyStockState> StateAsync(CancellationToken ct);

    /// <summary>Reads the tables of a folder, or those in use, and answers what is wrong with them, by file and line.</summary>
    SafetyStockState Examine(string? folder);

    /// <summary>Replaces the site's own rules about interactions by those of a table; all of them or, with a single fault, none.</summary>
    Task<TableImport> ImportInteractionsAsync(TextReader table, CancellationToken ct);
}

/// <summary>How the safety data stands.</summary>
/// <param name="Version">The release, and the site's own rules.</param>
/// <param name="Medicines">Ingredients it knows.</param>
/// <param name="Interactions">Rules about interactions, before they are spread out over pairs.</param>
/// <param name="Faults">What is missing or broken; empty when every check can be made.</param>
public sealed record SafetyStockState(string Version, int Medicines, int Interactions, IReadOnlyList<string> Faults)
{
    /// <summary>Whether every kind of check can be made.</summary>
    public bool IsWhole => Faults.Count == 0;
}

/// <summary>What became of a table that a site brought.</summary>
/// <param name="Rows">Rows taken in; 0 where there was a fault.</param>
/// <param name="Faults">Each bad line; nothing was taken in if there is one.</param>
public sealed record TableImport(int Rows, IReadOnlyList<string> Faults);
