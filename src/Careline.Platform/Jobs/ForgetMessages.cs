namespace Careline.Platform.Jobs;

/// <summary>That a message was sent is of use for a month, to whoever asks where it went; what still waits stays.</summary>
internal sealed class ForgetMessages : IRecurringJob
{
    public string Name => "platform.forget-messages";

    public TimeSpan Every => TimeSpan.FromHours(6);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        var before = db.Now - TimeSpan.FromDays(30);
        await db.Database.ExecuteSqlAsync($"DELETE FROM platform.messages WHERE status <> 'queued' AND created_at < {before}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM platform.sandbox_inbox WHERE sent_at < {before}", ct);
    }
}
