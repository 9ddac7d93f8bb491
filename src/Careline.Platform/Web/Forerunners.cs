using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;

namespace Careline.Platform.Web;

/// <summary>
/// Of several requests at one moment for the same scarce thing one goes ahead; the others wait for its end before they take a connection, and then
/// look for themselves. Who gets the thing is decided by the database alone: this only spares those who come too late a place in the queue at
/// its locks, where a crowd in front of one door would hold every connection of the host.
/// </summary>
internal sealed class Forerunners
{
    private static readonly IDisposable _follower = new Follower();

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _ahead = new(StringComparer.Ordinal);

    /// <summary>Goes ahead, or waits until whoever does has ended; what is answered is disposed at one's own end.</summary>
    public async ValueTask<IDisposable> EnterAsync(string key, CancellationToken ct)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ahead = _ahead.GetOrAdd(key, mine);
        if (ReferenceEquals(ahead, mine))
        {
            return new Forerunner(this, key, mine);
        }

        await ahead.Task.WaitAsync(ct);
        return _follower;
    }

    private sealed class Forerunner(Forerunners all, string key, TaskCompletionSource end) : IDisposable
    {
        public void Dispose()
        {
            all._ahead.TryRemove(key, out _);
            end.TrySetResult();
        }
    }

    private sealed class Follower : IDisposable
    {
        public void Dispose()
        {
        }
    }
}

/// <summary>What a write asks for that only one can get.</summary>
/// <param name="KeyOf">Names it, by the arguments of the handler; null when the write asks for nothing of the kind.</param>
/// <param name="LookAsync">Refuses at once, before a transaction begins, where it is known to be gone.</param>
internal sealed record Scarce(
    Func<EndpointFilterInvocationContext, string?> KeyOf, Func<EndpointFilterInvocationContext, ValueTask<Refusal?>> LookAsync);

/// <summary>Lets a route's requests for the same thing wait for the first of them.</summary>
public static class ForerunnerRoutes
{
    /// <summary>
    /// Of the requests of this host whose bodies ask for the same thing at the same moment, one goes ahead. <paramref name="look"/> may refuse
    /// those that find it gone; a retry under an idempotency key is never refused by it, since the thing may have gone to the retried request.
    /// </summary>
    public static RouteHandlerBuilder WithForerunner<TRequest>(
        this RouteHandlerBuilder route, Func<TRequest, string?> keyOf, Func<TRequest, HttpContext, ValueTask<Refusal?>>? look = null)
        where TRequest : class => route.WithMetadata(new Scarce(
            context => RequestOf<TRequest>(context) is { } request ? keyOf(request) : null,
            context => look is null ? ValueTask.FromResult<Refusal?>(null) : look(RequestOf<TRequest>(context)!, context.HttpContext)));

    private static TRequest? RequestOf<TRequest>(EndpointFilterInvocationContext context) => context.Arguments.OfType<TRequest>().FirstOrDefault();
}
