using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Careline.Platform.Web;

/// <summary>How modules map their routes.</summary>
public static class Routes
{
    /// <summary>A group under a path with a tag of the documentation; every route in it runs in the request frame.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder app, string path, string tag)
    {
        var group = app.MapGroup(path).WithTags(tag);
        group.AddEndpointFilter(new RequestFrame());
        return group;
    }

    /// <summary>Names a route for the audit and the OpenAPI document, and says in one line what it does.</summary>
    public static RouteHandlerBuilder Named(this RouteHandlerBuilder route, string name, string summary) =>
        route.WithName(name).WithSummary(summary);

    /// <summary>Declares the filters that a list may be narrowed by; <c>page</c>, <c>page_size</c>, <c>ordering</c> and <c>search</c> are always there.</summary>
    public static RouteHandlerBuilder WithFilters(this RouteHandlerBuilder route, params string[] names) =>
        route.WithMetadata(new ListFilters(names.ToHashSet()));

    /// <summary>Declares a long list, newest first, that is paged by <c>limit</c> and <c>cursor</c>, with the filters it may be narrowed by.</summary>
    public static RouteHandlerBuilder AsFeed(this RouteHandlerBuilder route, params string[] filters) =>
        route.WithMetadata(new ListFilters(filters.Append("limit").Append("cursor").ToHashSet(), IsFeed: true));

    /// <summary>Documents the body of a PATCH.</summary>
    public static RouteHandlerBuilder AcceptsMerge<T>(this RouteHandlerBuilder route)
        where T : class => route.Accepts<T>("application/json", "application/merge-patch+json");

    /// <summary>Documents a body of multipart/form-data that the handler reads part by part; its part <c>file</c> is the file.</summary>
    public static RouteHandlerBuilder AcceptsForm(this RouteHandlerBuilder route, params string[] texts) => route.WithMetadata(new FormBody(texts));

    /// <summary>The handler commits by itself.</summary>
    public static RouteHandlerBuilder WithOwnTransaction(this RouteHandlerBuilder route) => route.WithMetadata(new OwnTransaction());
}

/// <summary>A body of multipart/form-data with one file, as the OpenAPI document shows it.</summary>
/// <param name="Texts">Names of the text parts beside the part <c>file</c>.</param>
public sealed record FormBody(IReadOnlyList<string> Texts);
