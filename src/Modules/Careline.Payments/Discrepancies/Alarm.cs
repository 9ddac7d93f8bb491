using Careline.Accounts.Contracts;
using Careline.Gateways.Contracts;
using Careline.Notifications.Contracts;
using Careline.Payments.Payments;
using Microsoft.Extensions.Logging;

namespace Careline.Payments.Discrepancies;

/// <summary>Writes down what does not agree, once, and tells those who run the platform. The caller saves.</summary>
internal sealed partial class Alarm(CarelineDb db, INotifier notifier, IAdministratorAccounts administrators, ILogger<Alarm> log)
{
    public async Task RaiseAsync(DiscrepancyKind kind, GatewayFact fact, Payment? payment, CancellationToken ct)
    {
        var key = string.Join(':', EnumText<DiscrepancyKind>.Of(kind), EnumText<Gateway>.Of(fact.Gateway), payment?.Id.ToString() ?? "unknown",
            fact.RefundId ?? fact.DisputeId ?? fact.PaymentId ?? fact.OrderId ?? fact.Reference ?? "unnamed", fact.AmountMinor, fact.Currency);

        // Of two who find it at once one writes it; the other has nothing to add.
        var found = Discrepancy.Of(db.NewId(), kind, key, fact, payment, db.Now);
        var isNew = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO payments.discrepancies (id, key, kind, gateway, payment_id, expected, told, found_at, version)
            VALUES ({found.Id}, {key}, {EnumText<DiscrepancyKind>.Of(kind)}, {EnumText<Gateway>.Of(fact.Gateway)}, {payment?.Id}, {found.Expected}, {found.Told}, {db.Now}, 1)
            ON CONFLICT (key) DO NOTHING
            """,
            ct) == 1;
        if (isNew)
        {
            LogRaised(log, kind, fact.Gateway, found.Id);
            var notice = new Notice(NoticeCategory.System, NoticeSeverity.Important, "payments.discrepancy")
            {
                Values = [("kind", EnumText<DiscrepancyKind>.Display(kind))],
                About = ("discrepancy", found.Id),
            };
            await notifier.TellAsync(notice, (await administrators.ActiveAsync(ct)).Select(id => new Recipient(id)), ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A gateway and the books do not agree: {Kind} at {Gateway}, discrepancy {DiscrepancyId}")]
    private static partial void LogRaised(ILogger logger, DiscrepancyKind kind, Gateway gateway, Guid discrepancyId);
}
