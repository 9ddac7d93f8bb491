using Careline.Platform.Jobs;

namespace Careline.Records.Uploads;

/// <summary>Forgets what was to become of files that never came, or came a day ago.</summary>
internal sealed class ForgetUploads : IRecurringJob
{
    public string Name => "records.forget-uploads";

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        var over = db.Now.AddDays(-1);
        await db.Set<PendingUpload>().Where(u => u.ExpiresAt < over).ExecuteDeleteAsync(ct);
    }
}
