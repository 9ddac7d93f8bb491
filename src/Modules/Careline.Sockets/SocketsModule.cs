using Careline.Platform.Jobs;
using Careline.Sockets.Lines;
using Careline.Sockets.Tickets;

namespace Careline.Sockets;

/// <summary>Sockets: signing in on them, their limits and their end, and what hosts tell each other.</summary>
public static class SocketsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddSockets(this IServiceCollection services)
    {
        services.AddModule("Sockets", 1, typeof(SocketsModule).Assembly);
        services.AddValidation();
        services.AddSingleton<HostLine>();
        services.AddHostedService(provider => provider.GetRequiredService<HostLine>());
        services.AddSingleton<Presence>();
        services.AddHostedService(provider => provider.GetRequiredService<Presence>());
        services.AddSingleton<TicketGate>();
        services.AddScoped<ISocketTickets, SocketTickets>();
        services.AddSingleton<SocketDesk>();
        services.AddHostedService(provider => provider.GetRequiredService<SocketDesk>());
        services.AddSingleton<IRecurringJob, ForgetTickets>();
        return services;
    }

    /// <summary>Lets requests become sockets; before the routes.</summary>
    public static void UseSockets(this IApplicationBuilder app)
    {
        app.Use((HttpContext http, RequestDelegate next) =>
        {
            MeteredStream.Install(http);
            return next(http);
        });
        app.UseWebSockets();
    }

    /// <summary>Maps the module's routes.</summary>
    public static void MapSockets(this IEndpointRouteBuilder app) => IssueTicket.Map(app.MapApi("/api/realtime", "Sockets"));
}
