using Careline.Files.Contracts;
using Careline.Platform.Jobs;

namespace Careline.Analytics.Exports;

/// <summary>Deletes files whose time is over; what they were stays in the list.</summary>
internal sealed class ExpireExports : IRecurringJob
{
    public string Name => "analytics.expire-exports";

    public TimeSpan Every => TimeSpan.FromMinutes(5);

    public Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        var now = db.Now;
        return EndAsync(db, scope.GetRequiredService<IFiles>(), e => e.ExpiresAt <= now, ct);
    }

    /// <summary>Ends those files, in a transaction of its own unless there is one.</summary>
    public static async Task EndAsync(CarelineDb db, IFiles files, System.Linq.Expressions.Expression<Func<Export, bool>> which, CancellationToken ct)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var ended = await db.Set<Export>().FromSql($"SELECT * FROM analytics.exports WHERE status = 'ready' ORDER BY id FOR NO KEY UPDATE").Where(which)
            .Select(e => new { e.Id, e.FileId }).ToListAsync(ct);
        foreach (var export in ended)
        {
            await files.ReleaseAsync(export.FileId!.Value, null, ct);
            await db.Database.ExecuteSqlAsync($"UPDATE analytics.exports SET status = 'expired', patient_ids = ARRAY[]::uuid[], version = version + 1 WHERE id = {export.Id}", ct);
        }

        if (own is not null)
        {
            await own.CommitAsync(ct);
        }
    }
}
