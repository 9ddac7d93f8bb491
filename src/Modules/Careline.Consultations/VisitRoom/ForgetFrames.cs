using Careline.Platform.Jobs;

namespace Careline.Consultations.VisitRoom;

/// <summary>Removes frames that every host has long read.</summary>
internal sealed class ForgetFrames : IRecurringJob
{
    public string Name => "consultations.forget-frames";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        var before = db.Now.AddMinutes(-1);
        return db.Database.ExecuteSqlAsync($"DELETE FROM consultations.room_frames WHERE at < {before}", ct);
    }
}
