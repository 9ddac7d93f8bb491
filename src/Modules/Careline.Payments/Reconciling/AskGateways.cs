using Careline.Payments.Settling;
using Careline.Platform.Data;
using Careline.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Payments.Reconciling;

/// <summary>
/// Asks about every try whose time has come, so that a payment comes to its right end though no webhook ever arrives: minutes after it began, more and more seldom for
/// days, and for weeks after it was paid.
/// </summary>
internal sealed class AskGateways : IRecurringJob
{
    private const int AtOnce = 8;
    private const int MostClaimed = 200;

    private static readonly TimeSpan _claim = TimeSpan.FromMinutes(2);

    public string Name => "payments.ask-gateways";

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        while (await OnceAsync(scope, ct) == MostClaimed)
        {
        }
    }

    /// <summary>Asks about those that are due, at most so many; how many those were.</summary>
    public static async Task<int> OnceAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        var (now, until) = (db.Now, db.Now + _claim);
        var due = await db.Database.SqlQuery<Guid>(
            $"""
            UPDATE payments.attempts SET claimed_until = {until}, version = version + 1 WHERE id IN (
                SELECT id FROM payments.attempts WHERE ask_at <= {now} AND (claimed_until IS NULL OR claimed_until <= {now})
                ORDER BY ask_at LIMIT {MostClaimed} FOR UPDATE SKIP LOCKED)
            RETURNING id AS "Value"
            """).ToListAsync(ct);
        var scopes = scope.GetRequiredService<IServiceScopeFactory>();
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (id, stop) =>
        {
            await using var own = scopes.CreateAsyncScope();
            await own.ServiceProvider.GetRequiredService<Settlement>().AskAsync(id, stop);
        });
        return due.Count;
    }
}
