using Careline.Platform.Web;
using Microsoft.AspNetCore.Routing;

namespace Careline.Platform.Security;

/// <summary>
/// Answers 404 for another person's thing before the framework binds and validates a body, which would answer 400 and so tell the caller that
/// the thing exists. Reads have no body: their own query answers 404, and the question is not asked twice.
/// </summary>
internal sealed class VisibilityGate(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (Actor.Of(http) is { } actor && http.GetEndpoint()?.Metadata is { } route)
        {
            foreach (var check in HttpMethods.IsGet(http.Request.Method) ? [] : route.GetOrderedMetadata<VisibilityCheck>())
            {
                if (!Guid.TryParse(http.GetRouteValue(check.Parameter) as string, out var id)
                    || !await check.IsVisible(http.RequestServices.GetRequiredService<CarelineDb>(), actor, id, http.RequestAborted))
                {
                    throw new NotFound();
                }
            }

            if (route.GetMetadata<RolesAmongReaders>() is { } only && !only.Roles.Any(actor.Is))
            {
                throw new PermissionDenied();
            }
        }

        await next(http);
    }
}
