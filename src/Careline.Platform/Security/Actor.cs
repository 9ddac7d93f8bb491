using System.Collections.Frozen;
using Microsoft.Extensions.Validation;

namespace Careline.Platform.Security;

/// <summary>Who is asking: set by the sign-in check of each request. A handler that takes a non-null actor is reached by signed-in people only.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="SessionId">The sign-in that this request belongs to.</param>
/// <param name="Roles">Platform-wide roles, lower case.</param>
/// <param name="Profiles">The ids of the profiles that go with a role, by role.</param>
#pragma warning disable ASP0029 // Made by the sign-in check, never by a caller; at no risk should the attribute change.
[SkipValidation]
#pragma warning restore ASP0029
public sealed record Actor(Guid AccountId, Guid SessionId, FrozenSet<string> Roles, FrozenDictionary<string, Guid> Profiles)
{
    /// <summary>When the person last showed who they are in this sign-in; continuing the sign-in does not move it.</summary>
    public DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>From when the person may do little else than set up a second factor; null where they have one or need none.</summary>
    public DateTimeOffset? SecondFactorDueAt { get; init; }

    /// <summary>Whether the actor holds a role.</summary>
    public bool Is(string role) => Roles.Contains(role);

    /// <summary>The id of the profile that goes with a role, if the actor has one.</summary>
    public Guid? ProfileOf(string role) => Profiles.TryGetValue(role, out var id) ? id : null;

    /// <summary>The actor of a request, or null when it is anonymous.</summary>
    public static Actor? Of(HttpContext http) => http.Features.Get<Actor>();

    /// <summary>Hands the actor to a handler's parameter.</summary>
    public static ValueTask<Actor?> BindAsync(HttpContext http) => ValueTask.FromResult(Of(http));
}
