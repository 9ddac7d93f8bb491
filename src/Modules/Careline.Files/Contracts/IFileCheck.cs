namespace Careline.Files.Contracts;

/// <summary>Whether everything that was taken in can still be read.</summary>
public interface IFileCheck
{
    /// <summary>Reads every file to its end and compares it with its hash.</summary>
    /// <param name="progress">Told how many were read, now and then.</param>
    /// <param name="ct">Breaks it off.</param>
    Task<FileCheckOutcome> VerifyAsync(Action<long> progress, CancellationToken ct);
}

/// <summary>What a check found.</summary>
/// <param name="Whole">Files that are as they were taken in.</param>
/// <param name="Bytes">Of content that was read.</param>
/// <param name="Broken">Those that are not, and why.</param>
public sealed record FileCheckOutcome(long Whole, long Bytes, IReadOnlyList<BrokenFile> Broken);

/// <summary>A file that cannot be read any more.</summary>
/// <param name="FileId">The file.</param>
/// <param name="Copy">Which bytes.</param>
/// <param name="Fault">missing, changed or unreadable_key.</param>
public sealed record BrokenFile(Guid FileId, FileCopy Copy, string Fault);
