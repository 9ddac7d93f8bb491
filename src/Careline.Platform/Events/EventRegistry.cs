using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Careline.Platform.Events;

/// <summary>Who reacts to what, and the bell that wakes the dispatcher of this host.</summary>
public sealed class EventRegistry(IEnumerable<EventSubscription> subscriptions) : IDisposable
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private readonly FrozenDictionary<Type, string[]> _handlers = subscriptions
        .GroupBy(s => s.Event).ToFrozenDictionary(g => g.Key, g => g.Select(s => s.Name).ToArray());

    private readonly FrozenDictionary<string, EventSubscription> _byName = subscriptions.ToFrozenDictionary(s => s.Name);

    private readonly SemaphoreSlim _bell = new(0, 1);

    /// <inheritdoc />
    public void Dispose() => _bell.Dispose();

    internal IReadOnlyList<string> HandlersOf(Type happened) => _handlers.TryGetValue(happened, out var names) ? names : [];

    internal EventSubscription? Find(string handler) => _byName.GetValueOrDefault(handler);

    internal void Wake()
    {
        try
        {
            _bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already ringing: the dispatcher will see this row too.
        }
    }

    internal Task WaitAsync(TimeSpan atMost, CancellationToken ct) => _bell.WaitAsync(atMost, ct);
}

/// <summary>One handler's interest in one event.</summary>
/// <param name="Name">Kept in the outbox; stable across releases.</param>
/// <param name="Event">The record's type.</param>
/// <param name="Invoke">Runs the handler in a scope.</param>
/// <param name="Most">How many events it takes at once.</param>
public sealed record EventSubscription(string Name, Type Event, Func<IServiceProvider, IReadOnlyList<object>, CancellationToken, Task> Invoke, int Most = 1);

/// <summary>Registers reactions.</summary>
public static class EventRegistration
{
    private const int MostAtOnce = 100;

    /// <summary>Lets <typeparamref name="THandler"/> react to <typeparamref name="TEvent"/>.</summary>
    public static IServiceCollection AddHandler<TEvent, THandler>(this IServiceCollection services)
        where TEvent : class
        where THandler : class, IHandle<TEvent>
    {
        services.AddScoped<THandler>();
        return services.AddSingleton(new EventSubscription(
            NameOf<THandler>(), typeof(TEvent), (scope, happened, ct) => scope.GetRequiredService<THandler>().HandleAsync((TEvent)happened[0], ct)));
    }

    /// <summary>Lets <typeparamref name="THandler"/> react to <typeparamref name="TEvent"/>, many at a time.</summary>
    public static IServiceCollection AddHandlerOfMany<TEvent, THandler>(this IServiceCollection services)
        where TEvent : class
        where THandler : class, IHandleMany<TEvent>
    {
        services.AddScoped<THandler>();
        return services.AddSingleton(new EventSubscription(
            NameOf<THandler>(),
            typeof(TEvent),
            (scope, happened, ct) => scope.GetRequiredService<THandler>().HandleAsync([.. happened.Cast<TEvent>()], ct),
            MostAtOnce));
    }

    private static string NameOf<THandler>() => $"{typeof(THandler).Namespace}.{typeof(THandler).Name}";
}
