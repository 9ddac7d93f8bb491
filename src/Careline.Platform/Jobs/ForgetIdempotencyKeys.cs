namespace Careline.Platform.Jobs;

/// <summary>Answers are kept for 24 hours, as the contract promises, and then forgotten.</summary>
internal sealed class ForgetIdempotencyKeys : IRecurringJob
{
    public string Name => "platform.forget-idempotency-keys";

    public TimeSpan Every => TimeSpan.FromHours(1);

    public Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        var before = db.Now - TimeSpan.FromHours(24);
        return db.Database.ExecuteSqlAsync($"DELETE FROM platform.idempotency_keys WHERE created_at < {before}", ct);
    }
}
