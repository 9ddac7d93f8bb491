using Careline.Platform.Jobs;
using Microsoft.Extensions.Options;

namespace Careline.Labs.Imports;

/// <summary>
/// What could not be matched and nobody settled is not kept for ever: it may be of somebody who has nothing to do with this practice, and whom no erasure finds.
/// </summary>
internal sealed class ForgetQuarantine(IOptions<LabsOptions> options) : IRecurringJob
{
    public string Name => "labs.forget-quarantine";

    public TimeSpan Every => TimeSpan.FromHours(6);

    public Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        var before = db.Now.AddDays(-options.Value.QuarantineDays);
        return db.Database.ExecuteSqlAsync(
            $"""
            UPDATE labs.quarantined_results SET content = NULL, status = 'dismissed', dismiss_reason = 'Nobody settled it in time.', resolved_at = {db.Now}, version = version + 1
            WHERE status = 'open' AND created_at < {before}
            """,
            ct);
    }
}
