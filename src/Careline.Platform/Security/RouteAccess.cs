using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace Careline.Platform.Security;

/// <summary>Why a route is open to people who are not signed in. The list of reasons is reviewed; a route without a policy or a reason fails a test.</summary>
/// <param name="Reason">One phrase.</param>
public sealed record AnonymousReason(string Reason);

/// <summary>Why an id in a path is no person's private thing.</summary>
/// <param name="Reason">One phrase.</param>
public sealed record OpenId(string Reason);

/// <summary>Whose thing an id in a path names.</summary>
/// <param name="Parameter">The route value.</param>
/// <param name="EntityType">The entity whose VisibleTo decides.</param>
/// <param name="IsVisible">One EXISTS.</param>
public sealed record VisibilityCheck(string Parameter, Type EntityType, Func<CarelineDb, Actor, Guid, CancellationToken, Task<bool>> IsVisible);

/// <summary>Who of those who see the thing may call the route.</summary>
/// <param name="Roles">Any of these.</param>
public sealed record RolesAmongReaders(IReadOnlyList<string> Roles);

/// <summary>Says on each route who may call it and whose thing it names.</summary>
public static class RouteAccess
{
    /// <summary>Any signed-in person may call it; what they see is decided by the query.</summary>
    public static TBuilder ForSignedIn<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.RequireAuthorization(policy => policy.RequireAuthenticatedUser());

    /// <summary>Only people who hold one of the roles may call it: 403 for others.</summary>
    public static TBuilder ForRoles<TBuilder>(this TBuilder route, params string[] roles)
        where TBuilder : IEndpointConventionBuilder => route.RequireAuthorization(policy => policy.RequireAuthenticatedUser().RequireRole(roles));

    /// <summary>Anyone may call it, for the reason given.</summary>
    public static TBuilder ForAnyone<TBuilder>(this TBuilder route, string reason)
        where TBuilder : IEndpointConventionBuilder
    {
        route.WithMetadata(new AllowAnonymousAttribute(), new AnonymousReason(reason));
        return route;
    }

    /// <summary>Only who signed in or stepped up within minutes may call it: 403 STEP_UP_REQUIRED for others. For signing, exporting, roles and ways in.</summary>
    public static TBuilder RequiresRecentSignIn<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder
    {
        route.WithMetadata(new NeedsRecentSignIn());
        return route;
    }

    /// <summary>Open to staff whose second factor is overdue. For setting one up, for seeing who one is, and for leaving.</summary>
    public static TBuilder WithoutSecondFactor<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder
    {
        route.WithMetadata(new OpenWithoutSecondFactor());
        return route;
    }

    /// <summary>The id in the path names a <typeparamref name="T"/>: a caller who may not see it is answered 404 before the body is read.</summary>
    public static TBuilder VisibleAs<T, TBuilder>(this TBuilder route, string parameter)
        where T : class, IVisible<T>
        where TBuilder : IEndpointConventionBuilder
    {
        route.WithMetadata(new VisibilityCheck(
            parameter, typeof(T), (db, actor, id, ct) => T.VisibleTo(db, actor).AnyAsync(row => row.Id == id, ct)));
        return route;
    }

    /// <inheritdoc cref="VisibleAs{T,TBuilder}"/>
    public static RouteHandlerBuilder VisibleAs<T>(this RouteHandlerBuilder route, string parameter = "id")
        where T : class, IVisible<T> => route.VisibleAs<T, RouteHandlerBuilder>(parameter);

    /// <summary>Of those who see the thing that the path names, only these roles may call it: 403 for the others, 404 for whoever does not see it.</summary>
    public static RouteHandlerBuilder OnlyForRoles(this RouteHandlerBuilder route, params string[] roles) => route.WithMetadata(new RolesAmongReaders(roles));

    /// <summary>The id in the path is no person's private thing.</summary>
    public static TBuilder OpenToAll<TBuilder>(this TBuilder route, string reason)
        where TBuilder : IEndpointConventionBuilder
    {
        route.WithMetadata(new OpenId(reason));
        return route;
    }
}
