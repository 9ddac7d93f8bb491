using Careline.Sockets.Lines;

namespace Careline.Sockets.Contracts;

/// <summary>How modules map their sockets.</summary>
public static class SocketRoutes
{
    /// <summary>
    /// A socket at a path. The route is open to anyone, since people sign in on the line itself; the talk begins once they have, and decides by the actor what
    /// they may hear.
    /// </summary>
    /// <typeparam name="TTalk">Made for each line, with what the container has for its constructor.</typeparam>
    public static IEndpointConventionBuilder MapSocket<TTalk>(this IEndpointRouteBuilder app, string path, string name, string summary)
        where TTalk : class, ISocketTalk => app
        .MapGet(path, static http => http.RequestServices.GetRequiredService<SocketDesk>().ServeAsync<TTalk>(http))
        .WithName(name).WithSummary(summary).WithTags("Sockets").ExcludeFromDescription()
        .ForAnyone("People sign in on the socket itself: by header, by ticket or by its first frame.");
}
