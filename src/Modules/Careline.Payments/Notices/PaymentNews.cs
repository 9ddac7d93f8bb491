using Careline.Notifications.Contracts;
using Careline.Payments.Payments;
using Careline.Payments.Refunds;

namespace Careline.Payments.Notices;

/// <summary>Tells payers what became of their money: numbers and amounts, never what for. The caller saves.</summary>
internal sealed class PaymentNews(INotifier notifier)
{
    public Task ReceivedAsync(Payment payment, CancellationToken ct) => TellAsync(payment, "payments.received", payment.Amount, NoticeSeverity.Success, ct);

    public Task RefundedAsync(Payment payment, Refund refund, CancellationToken ct) => TellAsync(payment, "payments.refunded", refund.Amount, NoticeSeverity.Info, ct);

    public Task FailedAsync(Payment payment, CancellationToken ct) => TellAsync(payment, "payments.failed", payment.Amount, NoticeSeverity.Important, ct);

    private async Task TellAsync(Payment payment, string phrase, long amount, NoticeSeverity severity, CancellationToken ct)
    {
        if (payment.PayerAccountId is { } payer && amount > 0)
        {
            var notice = new Notice(NoticeCategory.Payment, severity, phrase)
            {
                Values = [("number", payment.Number), ("amount", Money.Say(amount, payment.Currency))],
                About = ("payment", payment.Id),
            };
            await notifier.TellAsync(notice, [new Recipient(payer)], ct);
        }
    }
}

/// <summary>Amounts as people read them.</summary>
internal static class Money
{
    private static readonly HashSet<string> _whole = ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"];
    private static readonly HashSet<string> _thousandths = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

    /// <summary>Figures after the point, by ISO 4217.</summary>
    public static int DecimalsOf(string currency) => _whole.Contains(currency) ? 0 : _thousandths.Contains(currency) ? 3 : 2;

    /// <summary>Such as <c>NGN 15000.00</c>: in figures, so that it means the same in every language.</summary>
    public static string Say(long minor, string currency)
    {
        var decimals = DecimalsOf(currency);
        return currency + " " + (minor / (decimal)Math.Pow(10, decimals)).ToString("F" + decimals, CultureInfo.InvariantCulture);
    }
}
