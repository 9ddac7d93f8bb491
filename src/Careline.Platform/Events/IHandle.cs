namespace Careline.Platform.Events;

/// <summary>
/// Reacts to something that happened in a module below. Runs after the publisher's commit, in a transaction of its own that also removes the
/// delivery: what it writes happens once. It is tried again with growing pauses when it throws, and set aside for a person after ten tries.
/// </summary>
/// <typeparam name="TEvent">A past-tense record of the publisher's contracts.</typeparam>
public interface IHandle<in TEvent>
{
    /// <summary>Does what follows from the event, through the scope's context.</summary>
    Task HandleAsync(TEvent happened, CancellationToken ct);
}
