using Careline.Notifications.Contracts;
using Careline.Platform.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Notifications;

/// <summary>Telling people, by the channel and in the language that reach them.</summary>
public static class NotificationsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddModule("Notifications", 3, typeof(NotificationsModule).Assembly);
        services.AddScoped<INotifier, Notifier>();
        return services;
    }
}
