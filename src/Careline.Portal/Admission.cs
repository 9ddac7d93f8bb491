using Careline.Portal.SignIn;

namespace Careline.Portal;

/// <summary>Lets those in whom a screen is for. A screen that says nothing of it is for nobody.</summary>
internal sealed class Admission(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint() is not { } screen || screen.Metadata.GetMetadata<ForAnyoneAttribute>() is not null)
        {
            return next(http);
        }

        if (PortalSession.Of(http) is not { } session)
        {
            SendToSignIn(http);
            return Task.CompletedTask;
        }

        return screen.Metadata.GetMetadata<ForAttribute>() is { } whom && (whom.Roles.Count == 0 || session.Has([.. whom.Roles]))
            ? next(http) : throw ApiRefused.NotThere();
    }

    /// <summary>Signs in first, and comes back to where a link led.</summary>
    internal static void SendToSignIn(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments("/" + LiveBridge.Folder))
        {
            // Scripts are told so; a page in the place of an answer would only be asked for again.
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var isRead = HttpMethods.IsGet(http.Request.Method);
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = "/sign-in" + new Query().With("next", isRead && http.Request.Path != "/" ? http.Request.Path + http.Request.QueryString : null);
    }
}
