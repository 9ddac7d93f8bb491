namespace Careline.Files.Contracts;

/// <summary>The virus scanner found something in a file, which is not served any more. Whoever holds it tells those whom it concerns.</summary>
/// <param name="FileId">The file.</param>
public sealed record FileFoundInfected(Guid FileId);
