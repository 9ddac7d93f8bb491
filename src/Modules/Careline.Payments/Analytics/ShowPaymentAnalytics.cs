using Careline.Gateways.Contracts;
using Careline.Payments.Disputes;
using Careline.Payments.Payments;
using Careline.Payments.Refunds;

namespace Careline.Payments.Analytics;

/// <summary>What was taken in a currency.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Count">Payments whose money came.</param>
/// <param name="Captured">What came, in minor units.</param>
/// <param name="Discounts">What coupons took off.</param>
/// <param name="Taxes">What is owed to the tax office.</param>
/// <param name="Refunded">What went back.</param>
/// <param name="Disputed">What banks hold, or took back.</param>
public sealed record CurrencyTakings(string Currency, int Count, long Captured, long Discounts, long Taxes, long Refunded, long Disputed);

/// <summary>A part of what was taken.</summary>
/// <param name="Name">Of the gateway, the way to pay, or the kind of thing.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Count">Payments.</param>
/// <param name="Captured">Minor units.</param>
public sealed record TakingsPart(string Name, string Currency, int Count, long Captured);

/// <summary>What was taken within a time, of the payments that the caller may see.</summary>
/// <param name="From">First moment.</param>
/// <param name="To">First moment after it.</param>
/// <param name="Begun">Payments that were begun.</param>
/// <param name="Paid">Of those, how many were paid by now.</param>
/// <param name="Failed">Of those, how many failed or were never paid.</param>
/// <param name="ByCurrency">What was taken.</param>
/// <param name="ByGateway">By who moved the money.</param>
/// <param name="ByMethod">By how people paid.</param>
/// <param name="ByKind">By what they paid for.</param>
public sealed record PaymentAnalytics(
    DateTimeOffset From,
    DateTimeOffset To,
    int Begun,
    int Paid,
    int Failed,
    IReadOnlyList<CurrencyTakings> ByCurrency,
    IReadOnlyList<TakingsPart> ByGateway,
    IReadOnlyList<TakingsPart> ByMethod,
    IReadOnlyList<TakingsPart> ByKind);

internal static class ShowPaymentAnalytics
{
    private static readonly TimeSpan _usual = TimeSpan.FromDays(30);

    public static void Map(RouteGroupBuilder payments) => payments.MapGet("/analytics/", Handle)
        .Named("ShowPaymentAnalytics", "What was taken within a time: by currency, gateway, way to pay and kind; thirty days until the end of today (UTC) unless told.")
        .ForRoles(MovePayment.CashierRoles).WithFilters("from", "to", "clinic", "doctor");

    private static async Task<Answer<PaymentAnalytics>> Handle(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var to = query.Instant("to") ?? new DateTimeOffset(db.Now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        var from = query.Instant("from") ?? to - _usual;
        var (clinic, doctor) = (query.Id("clinic"), query.Id("doctor"));
        if (from >= to)
        {
            query.Fault("from", "Must lie before to.");
        }

        query.Check();
        var own = Payment.VisibleTo(db, actor).Where(p => (clinic == null || p.ClinicId == clinic) && (doctor == null || p.DoctorId == doctor));
        var captured = own.Where(p => p.CapturedAt >= from && p.CapturedAt < to);
        var begun = await own.Where(p => p.CreatedAt >= from && p.CreatedAt < to).GroupBy(p => p.Status).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        return Answer.Ok(new PaymentAnalytics(
            from,
            to,
            begun.Sum(b => b.Count),
            begun.Where(b => b.Key is PaymentStatus.Completed or PaymentStatus.Refunded or PaymentStatus.PartiallyRefunded).Sum(b => b.Count),
            begun.Where(b => b.Key is PaymentStatus.Failed or PaymentStatus.Cancelled).Sum(b => b.Count),
            await ByCurrencyAsync(db, captured, ct),
            [.. (await captured.GroupBy(p => new { p.Gateway, p.Currency }).Select(g => new { g.Key, Count = g.Count(), Sum = g.Sum(p => p.Amount) }).ToListAsync(ct))
                .Select(g => new TakingsPart(EnumText<Gateway>.Of(g.Key.Gateway), g.Key.Currency, g.Count, g.Sum))],
            [.. (await captured.GroupBy(p => new { p.Method, p.Currency }).Select(g => new { g.Key, Count = g.Count(), Sum = g.Sum(p => p.Amount) }).ToListAsync(ct))
                .Select(g => new TakingsPart(EnumText<PaymentMethod>.Of(g.Key.Method), g.Key.Currency, g.Count, g.Sum))],
            [.. (await captured.GroupBy(p => new { p.Kind, p.Currency }).Select(g => new { g.Key, Count = g.Count(), Sum = g.Sum(p => p.Amount) }).ToListAsync(ct))
                .Select(g => new TakingsPart(EnumText<PayableKind>.Of(g.Key.Kind), g.Key.Currency, g.Count, g.Sum))]));
    }

    private static async Task<IReadOnlyList<CurrencyTakings>> ByCurrencyAsync(CarelineDb db, IQueryable<Payment> captured, CancellationToken ct)
    {
        var taken = await captured.GroupBy(p => p.Currency)
            .Select(g => new { g.Key, Count = g.Count(), Sum = g.Sum(p => p.Amount), Discounts = g.Sum(p => p.DiscountAmount), Taxes = g.Sum(p => p.TaxAmount) }).ToListAsync(ct);
        var back = await db.Set<Refund>().Where(r => r.Status == RefundStatus.Completed && !r.IsSurplus && captured.Any(p => p.Id == r.PaymentId))
            .GroupBy(r => r.Currency).Select(g => new { g.Key, Sum = g.Sum(r => r.Amount) }).ToDictionaryAsync(g => g.Key, g => g.Sum, ct);
        var disputed = await db.Set<Dispute>().Where(d => d.Status != DisputeStatus.Won && captured.Any(p => p.Id == d.PaymentId))
            .GroupBy(d => d.Currency).Select(g => new { g.Key, Sum = g.Sum(d => d.Amount) }).ToDictionaryAsync(g => g.Key, g => g.Sum, ct);
        return [.. taken.OrderBy(t => t.Key, StringComparer.Ordinal)
            .Select(t => new CurrencyTakings(t.Key, t.Count, t.Sum, t.Discounts, t.Taxes, back.GetValueOrDefault(t.Key), disputed.GetValueOrDefault(t.Key)))];
    }
}
