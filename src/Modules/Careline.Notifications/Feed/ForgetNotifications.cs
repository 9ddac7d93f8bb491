using Careline.Platform.Jobs;
using Microsoft.Extensions.Options;

namespace Careline.Notifications.Feed;

/// <summary>What was told is of use for a while; what happened stands with the thing itself and in the audit.</summary>
internal sealed class ForgetNotifications : IRecurringJob
{
    public string Name => "notifications.forget";

    public TimeSpan Every => TimeSpan.FromHours(6);

    public Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        var before = db.Now.AddDays(-scope.GetRequiredService<IOptions<NotificationsOptions>>().Value.KeptDays);
        return db.Database.ExecuteSqlAsync($"DELETE FROM notifications.notifications WHERE created_at < {before}", ct);
    }
}
