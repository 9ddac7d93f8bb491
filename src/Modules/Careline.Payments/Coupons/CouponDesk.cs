using Careline.Payments.Payments;

namespace Careline.Payments.Coupons;

/// <summary>Takes coupons in and gives them back. A use is counted under the lock of the coupon, so that many at once never pass its limits.</summary>
internal sealed class CouponDesk(CarelineDb db)
{
    /// <summary>What a coupon takes off, without using it.</summary>
    /// <exception cref="RuleViolation">COUPON_NOT_VALID.</exception>
    public async Task<CouponDiscount> TryAsync(string code, PayablePrice price, PayableKind kind, Guid payer, CancellationToken ct)
    {
        var upper = code.ToUpperInvariant();
        var coupon = await db.Set<Coupon>().FirstOrDefaultAsync(c => c.Code.ToUpper() == upper, ct) ?? throw Unknown();
        return coupon.For(price, kind, await UsesOfAsync(coupon.Id, payer, ct), db.Now);
    }

    /// <summary>Locks a coupon, counts one more use and says what it takes off. The caller saves.</summary>
    /// <exception cref="RuleViolation">COUPON_NOT_VALID.</exception>
    public async Task<CouponDiscount> UseAsync(string code, PayablePrice price, PayableKind kind, Guid payer, Guid paymentId, CancellationToken ct)
    {
        var coupon = await db.Set<Coupon>().FromSql($"SELECT * FROM payments.coupons WHERE upper(code) = upper({code}) FOR NO KEY UPDATE")
            .AsTracking().FirstOrDefaultAsync(ct) ?? throw Unknown();
        var discount = coupon.For(price, kind, await UsesOfAsync(coupon.Id, payer, ct), db.Now);
        coupon.Use();
        db.Add(CouponUse.Of(db.NewId(), discount, paymentId, payer, db.Now));
        return discount;
    }

    /// <summary>A payment came to nothing: what it used can be used again. The caller saves.</summary>
    public async Task FreeAsync(Payment payment, CancellationToken ct)
    {
        if (payment.CouponId is not { } couponId)
        {
            return;
        }

        var coupon = await db.Set<Coupon>().FromSql($"SELECT * FROM payments.coupons WHERE id = {couponId} FOR NO KEY UPDATE").AsTracking().FirstAsync(ct);
        var use = await db.Set<CouponUse>().AsTracking().FirstOrDefaultAsync(u => u.PaymentId == payment.Id && u.FreedAt == null, ct);
        if (use is not null)
        {
            use.Free(db.Now);
            coupon.Free();
        }
    }

    private Task<int> UsesOfAsync(Guid couponId, Guid payer, CancellationToken ct) =>
        db.Set<CouponUse>().CountAsync(u => u.CouponId == couponId && u.AccountId == payer && u.FreedAt == null, ct);

    // The same words for a code that never was: nobody learns codes by trying.
    private static RuleViolation Unknown() => new("COUPON_NOT_VALID", "This coupon is not valid any more.", new { reason = "withdrawn" });
}
