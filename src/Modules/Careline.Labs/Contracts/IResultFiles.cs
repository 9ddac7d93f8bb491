namespace Careline.Labs.Contracts;

/// <summary>Imports results from a file of HL7 v2 messages, for the command line.</summary>
public interface IResultFiles
{
    /// <summary>Takes each message of a file by itself, in its order.</summary>
    Task<IReadOnlyList<TakenMessage>> ImportAsync(ReadOnlyMemory<byte> file, CancellationToken ct);
}

/// <summary>What became of a message.</summary>
/// <param name="Code">AA, AE or AR.</param>
/// <param name="Acknowledgement">The answer, as it would be sent.</param>
/// <param name="Imported">Observations that became results or changed one.</param>
/// <param name="Unchanged">Observations that said what was known.</param>
/// <param name="Quarantined">Observations that wait for a person.</param>
/// <param name="IsRepeated">It was taken before, and changed nothing now.</param>
public sealed record TakenMessage(string Code, string Acknowledgement, int Imported, int Unchanged, int Quarantined, bool IsRepeated);
