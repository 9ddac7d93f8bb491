using Careline.Doctors.Contracts;
using Careline.Payments.Coupons;
using Careline.Payments.Disputes;
using Careline.Payments.Invoices;
using Careline.Payments.Methods;
using Careline.Payments.Payments;
using Careline.Payments.Payouts;
using Careline.Payments.Plans;
using Careline.Payments.Refunds;
using Careline.Platform.Privacy;

namespace Careline.Payments.Privacy;

/// <summary>
/// What somebody paid. The books stay, as the law of taxes wants, under the keys alone: no row of them has a name. What a gateway keeps for the person is forgotten
/// here at once, and so is what was written freely.
/// </summary>
internal sealed class PaymentRecords(CarelineDb db, FieldCipher cipher) : IPersonalRecords
{
    public string Schema => "payments";

    public IEnumerable<PersonalTable> Export(PersonKeys person)
    {
        var (account, patient) = (person.AccountId, person.PatientId);
        var own = db.Set<Payment>().Where(p => (account != null && p.PayerAccountId == account) || (patient != null && p.PatientId == patient));
        yield return new PersonalTable("payments", own.OrderBy(p => p.Id).Select(p => new
        {
            p.Id,
            p.Number,
            p.Kind,
            p.SubjectId,
            p.Description,
            p.PayerAccountId,
            p.PatientId,
            p.DoctorId,
            p.ClinicId,
            p.Method,
            p.Gateway,
            p.ListAmount,
            p.DiscountAmount,
            p.TaxAmount,
            p.Amount,
            p.Currency,
            p.TaxPercent,
            p.CouponId,
            p.SaveMethod,
            p.Status,
            p.FailureCode,
            p.Note,
            p.ReceivedBy,
            p.CapturedAt,
            p.CancelledAt,
            p.ExpiresAt,
            p.CreatedBy,
            p.CreatedAt,
            p.UpdatedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("refunds", db.Set<Refund>().Where(r => own.Any(p => p.Id == r.PaymentId)).OrderBy(r => r.Id).Select(r => new
        {
            r.Id,
            r.PaymentId,
            r.Gateway,
            r.GatewayRefundId,
            r.Amount,
            r.Currency,
            r.Reason,
            r.Note,
            r.Status,
            r.FailureCode,
            r.IsSurplus,
            r.RequestedBy,
            r.RequestedAt,
            r.CompletedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("coupon_uses", db.Set<CouponUse>().Where(u => account != null && u.AccountId == account).OrderBy(u => u.Id).Select(u => new
        {
            u.Id,
            u.CouponId,
            u.PaymentId,
            u.AccountId,
            u.Discount,
            u.UsedAt,
            u.FreedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("saved_methods", db.Set<SavedMethod>().Where(m => account != null && m.AccountId == account).OrderBy(m => m.Id).Select(m => new
        {
            m.Id,
            m.AccountId,
            m.Gateway,
            m.Brand,
            m.Last4,
            m.ExpiryMonth,
            m.ExpiryYear,
            m.IsDefault,
            m.CreatedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("invoices", InvoicesAsync(own));
        yield return new PersonalTable("disputes", db.Set<Dispute>().Where(d => own.Any(p => p.Id == d.PaymentId)).OrderBy(d => d.Id).Select(d => new
        {
            d.Id,
            d.PaymentId,
            d.Gateway,
            d.GatewayDisputeId,
            d.Amount,
            d.Currency,
            d.ReasonCode,
            d.Status,
            d.DueAt,
            d.OpenedAt,
            d.AnsweredAt,
            d.ClosedAt,
        }).AsAsyncEnumerable());
        foreach (var table in ExportPlans(account))
        {
            yield return table;
        }
    }

    private IEnumerable<PersonalTable> ExportPlans(Guid? account)
    {
        var own = db.Set<Subscription>().Where(s => account != null && s.AccountId == account);
        yield return new PersonalTable("subscriptions", own.OrderBy(s => s.Id).Select(s => new
        {
            s.Id,
            s.Number,
            s.AccountId,
            s.PlanId,
            s.NextPlanId,
            s.Status,
            s.AmountMinor,
            s.Currency,
            s.Period,
            s.Seats,
            s.SavedMethodId,
            s.AnchorAt,
            s.Months,
            s.PeriodStart,
            s.PeriodEnd,
            s.CancelsAtEnd,
            s.PausedAt,
            s.Tries,
            s.NextAt,
            s.EndedAt,
            s.CreatedAt,
            s.UpdatedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("subscription_periods", db.Set<SubscriptionPeriod>().Where(p => own.Any(s => s.Id == p.SubscriptionId)).OrderBy(p => p.Id)
            .Select(p => new { p.Id, p.SubscriptionId, p.PlanId, p.IsAdjustment, p.StartsAt, p.EndsAt, p.AmountMinor, p.Status, p.PaidAt, p.CreatedAt }).AsAsyncEnumerable());
        yield return new PersonalTable("payouts", db.Set<Payout>()
            .Where(o => account != null && o.PayeeKind == PayeeKind.Doctor && db.Set<DoctorRow>().Any(d => d.Id == o.PayeeId && d.AccountId == account)).OrderBy(o => o.Id)
            .Select(o => new { o.Id, o.PayeeKind, o.PayeeId, o.AmountMinor, o.Currency, o.Until, o.Status, o.Reference, o.CreatedAt, o.ClosedAt }).AsAsyncEnumerable());
    }

    private async IAsyncEnumerable<object> InvoicesAsync(IQueryable<Payment> own)
    {
        await foreach (var i in db.Set<Invoice>().Where(i => own.Any(p => p.Id == i.PaymentId)).OrderBy(i => i.Id).AsAsyncEnumerable())
        {
            yield return new
            {
                i.Id,
                i.Number,
                i.Kind,
                i.PaymentId,
                i.RefundId,
                i.PayerAccountId,
                i.PatientId,
                i.DoctorId,
                i.ClinicId,
                i.Amount,
                i.Currency,
                Content = i.Read(cipher),
                i.IssuedAt,
            };
        }
    }

    public async Task EraseAsync(PersonKeys person, CancellationToken ct)
    {
        var (account, patient) = (person.AccountId, person.PatientId);
        await db.Database.ExecuteSqlAsync($"DELETE FROM payments.saved_methods WHERE account_id = {account}", ct);
        await EndPlansAsync(account, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE payments.payments SET note = NULL, save_method = false, link_hash = NULL, version = version + 1
            WHERE payer_account_id = {account} OR patient_id = {patient}
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE payments.refunds SET note = NULL, version = version + 1
            WHERE note IS NOT NULL AND payment_id IN (SELECT id FROM payments.payments WHERE payer_account_id = {account} OR patient_id = {patient})
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE payments.disputes SET evidence_sealed = NULL, version = version + 1
            WHERE evidence_sealed IS NOT NULL AND payment_id IN (SELECT id FROM payments.payments WHERE payer_account_id = {account} OR patient_id = {patient})
            """,
            ct);

        // How to pay what nobody is to pay any more names the payer to the gateway.
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE payments.attempts SET checkout_sealed = NULL, version = version + 1
            WHERE checkout_sealed IS NOT NULL AND payment_id IN (SELECT id FROM payments.payments WHERE payer_account_id = {account} OR patient_id = {patient})
            """,
            ct);
    }

    private async Task EndPlansAsync(Guid? account, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE payments.subscription_periods SET status = 'void', version = version + 1
            WHERE status = 'due' AND subscription_id IN (SELECT id FROM payments.subscriptions WHERE account_id = {account})
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE payments.subscriptions
            SET status = 'cancelled', next_at = NULL, next_plan_id = NULL, saved_method_id = NULL, cancels_at_end = false, ended_at = {db.Now}, version = version + 1
            WHERE account_id = {account} AND status NOT IN ('cancelled', 'expired')
            """,
            ct);
    }
}
