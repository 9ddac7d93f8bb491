using Careline.Payments.Coupons;
using Careline.Payments.Payments;
using Careline.Platform.Jobs;

namespace Careline.Payments.Reconciling;

/// <summary>Calls off what nobody paid in time. Money that comes later all the same is noticed and goes back.</summary>
internal sealed class ExpirePayments : IRecurringJob
{
    private const int MostPerRun = 500;

    public string Name => "payments.expire";

    public TimeSpan Every => TimeSpan.FromSeconds(15);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        var coupons = scope.GetRequiredService<CouponDesk>();
        var now = db.Now;
        var due = await db.Set<Payment>()
            .Where(p => p.ExpiresAt <= now && (p.Status == Contracts.PaymentStatus.Pending || p.Status == Contracts.PaymentStatus.Processing || p.Status == Contracts.PaymentStatus.Failed))
            .OrderBy(p => p.ExpiresAt).Select(p => p.Id).Take(MostPerRun).ToListAsync(ct);
        foreach (var id in due)
        {
            db.Forget();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            if (await Payment.LockAsync(db, id, ct) is { IsOpen: true } payment)
            {
                payment.Cancel(now);
                await coupons.FreeAsync(payment, ct);
                await db.SaveChangesAsync(ct);
            }

            await transaction.CommitAsync(ct);
        }
    }
}
