using Careline.Accounts.Contracts;
using Careline.Labs.Orders;
using Careline.Patients.Contracts;
using Careline.Payments.Contracts;

namespace Careline.Labs.Paying;

/// <summary>An order as something to pay for: the prices of its tests and panels as they were when it was placed.</summary>
internal sealed class PayableOrder(CarelineDb db) : IPayable
{
    public PayableKind Kind => PayableKind.LabOrder;

    public async Task<PayablePrice?> PriceAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var order = await LabOrder.VisibleTo(db, actor).Include(o => o.Lines).FirstOrDefaultAsync(o => o.Id == id, ct);
        if (order is null || order.DoctorId == actor.DoctorId)
        {
            return null;
        }

        var prices = order.Lines.Where(l => l.PriceAmount > 0).GroupBy(l => l.PriceCurrency!).Select(g => (Currency: g.Key, Amount: g.Sum(l => l.PriceAmount!.Value))).ToList();
        return (order.Status, prices) switch
        {
            (LabOrderStatus.Cancelled, _) => throw new RuleViolation("NOT_PAYABLE", "The order was called off.", new { status = order.Status }),
            (_, []) => throw new RuleViolation("NO_FEE", "The order costs nothing."),
            (_, [var price]) => new PayablePrice
            {
                AmountMinor = price.Amount,
                Currency = price.Currency,
                Description = $"Laboratory order {order.Number}",
                PayerAccountId = await PatientPayer.OfAsync(db, actor, order.PatientId, ct),
                PatientId = order.PatientId,
                ClinicId = order.ClinicId,
            },
            _ => throw new RuleViolation("SEVERAL_CURRENCIES", "Its tests are priced in several currencies: the practice takes the money for each."),
        };
    }
}
