using Careline.Payments.Settling;
using Careline.Platform.Jobs;

namespace Careline.Payments.Reconciling;

/// <summary>
/// Asks about every try whose time has come, so that a payment comes to its right end though no webhook ever arrives: minutes after it began, more and more seldom for
/// days, and for weeks after it was paid.
/// </summary>
internal sealed class AskGateways : IRecurringJob
{
    private const int AtOnce = 8;
    private const int MostClaimed = 200;

    public string Name => "payments.ask-gateways";

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var asOf = scope.GetRequiredService<CarelineDb>().Now;
        while (await OnceAsync(scope, asOf, ct) == MostClaimed)
        {
        }
    }

    /// <summary>
    /// Asks about those that were due at a moment, at most so many; how many those were. What becomes due meanwhile waits, so that a caller who repeats this comes to an end.
    /// </summary>
    public static async Task<int> OnceAsync(IServiceProvider scope, DateTimeOffset asOf, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        var (now, until) = (db.Now, db.Now + DueWork.Claim);

        // Of what no gateway was asked to open there is nothing to ask; and its payer, who opens it at this moment, must not find it claimed.
        // Not another version: whoever settles the payment at this moment has read the row, and what is claimed is only who asks.
        var due = await db.Database.SqlQuery<Guid>(
            $"""
            UPDATE payments.attempts SET claimed_until = {until} WHERE id IN (
                SELECT id FROM payments.attempts WHERE ask_at <= {asOf} AND (claimed_until IS NULL OR claimed_until <= {now})
                    AND (state <> 'new' OR saved_method_id IS NOT NULL)
                ORDER BY ask_at LIMIT {MostClaimed} FOR UPDATE SKIP LOCKED)
            RETURNING id AS "Value"
            """).ToListAsync(ct);
        await DueWork.EachAsync<Settlement>(scope, due, AtOnce, (settlement, id, stop) => settlement.AskAsync(id, stop), ct);
        return due.Count;
    }
}
