using Careline.Accounts.Contracts;
using Careline.Gateways.Contracts;
using Careline.Notifications.Contracts;
using Careline.Payments.Discrepancies;
using Careline.Payments.Ledger;
using Careline.Payments.Notices;
using Careline.Payments.Payments;
using Careline.Payments.Refunds;

namespace Careline.Payments.Disputes;

/// <summary>
/// Books what banks take back. While a dispute stands the money is gone from the gateway and nobody's yet; won, it comes back; lost, everybody gives their share of it.
/// Under the payment's lock; the caller saves.
/// </summary>
internal sealed class DisputeBook(CarelineDb db, Book book, RefundDesk refunds, Alarm alarm, INotifier notifier, IAdministratorAccounts administrators)
{
    public async Task TakeAsync(GatewayFact fact, Payment payment, Attempt attempt, CancellationToken ct)
    {
        if (fact.DisputeId is not { } id)
        {
            return;
        }

        var dispute = await db.Set<Dispute>().AsTracking().FirstOrDefaultAsync(d => d.Gateway == fact.Gateway && d.GatewayDisputeId == id, ct);
        if (dispute is null)
        {
            dispute = Dispute.Open(db.NewId(), attempt, fact, db.Now);
            db.Add(dispute);
            await TellAsync(payment, dispute, ct);
        }

        if (fact.IsHint)
        {
            await alarm.RaiseAsync(DiscrepancyKind.UnconfirmedDispute, fact, payment, ct);
            return;
        }

        if (fact.AmountMinor > payment.Amount || fact.AmountMinor <= 0)
        {
            await alarm.RaiseAsync(DiscrepancyKind.Amount, fact, payment, ct);
            return;
        }

        dispute.Hear(fact, db.Now);
        await PostAsync(payment, dispute, ct);
    }

    private async Task PostAsync(Payment payment, Dispute dispute, CancellationToken ct)
    {
        var (at, disputed) = (new Share(LedgerAccount.At(dispute.Gateway), dispute.Amount), new Share(LedgerAccount.DisputedAt(dispute.Gateway), dispute.Amount));
        await book.PostAsync(PostingKind.Chargeback, $"dispute:{dispute.Id}", payment, [disputed], [at], null, ct);
        if (dispute.Status == DisputeStatus.Won)
        {
            await book.PostAsync(PostingKind.Chargeback, $"dispute:{dispute.Id}:won", payment, [at], [disputed], null, ct);
        }
        else if (dispute.Status == DisputeStatus.Lost)
        {
            // What had been given back before is nobody's share any more: the rest of the loss is the platform's.
            var before = await refunds.GivenBackAsync(payment.Id, withDecided: false, ct);
            var shared = Math.Min(dispute.Amount, payment.Amount - before);
            List<Share> losses = [.. shared > 0 ? Shares.Back(Shares.Of(payment), before, before + shared) : [], new Share(LedgerAccount.Platform, dispute.Amount - shared)];
            await book.PostAsync(PostingKind.Chargeback, $"dispute:{dispute.Id}:lost", payment, losses, [disputed], null, ct);
        }
    }

    private async Task TellAsync(Payment payment, Dispute dispute, CancellationToken ct)
    {
        var notice = new Notice(NoticeCategory.System, NoticeSeverity.Important, "payments.disputed")
        {
            Values = [("number", payment.Number), ("amount", Money.Say(dispute.Amount, dispute.Currency))],
            Moments = [new Moment("due", dispute.DueAt ?? db.Now.AddDays(7))],
            About = ("dispute", dispute.Id),
        };
        await notifier.TellAsync(notice, (await administrators.ActiveAsync(ct)).Select(id => new Recipient(id)), ct);
    }
}
