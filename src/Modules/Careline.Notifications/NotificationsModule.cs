using Careline.Notifications.Feed;
using Careline.Notifications.Live;
using Careline.Notifications.Preferences;
using Careline.Notifications.Privacy;
using Careline.Notifications.Push;
using Careline.Platform.Delivery;
using Careline.Platform.Jobs;
using Careline.Platform.Privacy;
using Careline.Sockets.Contracts;

namespace Careline.Notifications;

/// <summary>Telling people, by the channel and in the language that reach them.</summary>
public static class NotificationsModule
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddModule("Notifications", 3, typeof(NotificationsModule).Assembly);
        services.AddValidation();
        services.AddOptions<NotificationsOptions>().BindConfiguration("Notifications")
            .Validate(options => options.KeptDays is >= 1 and <= 3650, "Notifications__KeptDays must be between 1 and 3650.")
            .Validate(
                options => options.PushContact.Length == 0 || (Uri.TryCreate(options.PushContact, UriKind.Absolute, out var contact) && contact.Scheme is "mailto" or "https"),
                "Notifications__PushContact must be a mailto: or https: address.")
            .ValidateOnStart();
        services.AddScoped<INotifier, Notifier>();
        services.AddScoped<IReaders, Readers>();
        services.AddSingleton<IRecurringJob, ForgetNotifications>();
        services.AddScoped<IPersonalRecords, NotificationRecords>();
        services.AddSingleton<NoticeBoard>();
        services.AddHostedService(provider => provider.GetRequiredService<NoticeBoard>());
        services.AddSingleton<Vapid>();
        services.AddSingleton<IMessageTransport, PushTransport>();
        services.AddHttpClient(PushTransport.Client, client => client.Timeout = _patience).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = (context, stop) => PublicAddress.ConnectAsync(context, PublicAddress.Is, stop),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });
        services.AddSealedColumn("notifications.push_subscriptions", "id", "sealed");
        services.AddSealedColumn("notifications.vapid_keys", "id", "private_key");
        return services;
    }

    /// <summary>Maps the module's routes.</summary>
    public static void MapNotifications(this IEndpointRouteBuilder app)
    {
        var notifications = app.MapApi("/api/notifications", "Notifications");
        ListNotifications.Map(notifications);
        MarkNotifications.Map(notifications);
        OwnPreferences.Map(notifications);
        Subscriptions.Map(notifications);
        app.MapSocket<NotificationTalk>("/ws/notifications/", "NotificationsSocket", "New notifications as they come, and how many are unread.");
    }
}
