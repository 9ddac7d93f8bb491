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

/// <summary>
/// Reacts like <see cref="IHandle{TEvent}"/> to all that has come together meanwhile, in one transaction: for what happens a hundred times a second, and
/// where most of the work is the same for one as for many. When it throws, each event is handed over alone, so that one that breaks holds up no other. Events
/// of different kinds may then come in another order than they happened.
/// </summary>
/// <typeparam name="TEvent">A past-tense record of the publisher's contracts.</typeparam>
public interface IHandleMany<in TEvent>
{
    /// <summary>Does what follows from the events, the oldest first, through the scope's context.</summary>
    Task HandleAsync(IReadOnlyList<TEvent> happened, CancellationToken ct);
}
