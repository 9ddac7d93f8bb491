namespace Careline.Platform.Data;

/// <summary>Something whose every change raises a number: the concurrency token of a row and the <c>ETag</c> of its answer.</summary>
public interface IVersioned
{
    /// <summary>Starts at 1.</summary>
    int Version { get; }
}
