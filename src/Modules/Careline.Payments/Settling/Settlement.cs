using Careline.Gateways.Contracts;
using Careline.Payments.Methods;
using Careline.Payments.Payments;
using Microsoft.Extensions.Logging;

namespace Careline.Payments.Settling;

/// <summary>
/// Asks gateways what became of our payments, outside of any transaction, and takes the answers into the books, each in one of its own. Many may ask about the same
/// payment at once; the books sort that out.
/// </summary>
internal sealed partial class Settlement(CarelineDb db, Cashiers cashiers, FactBook book, CheckoutDesk desk, FieldCipher cipher, ILogger<Settlement> log)
{
    private static readonly Uri _nowhere = new("https://careline.invalid/");

    /// <summary>What a returning browser brings or, where that is not signed, what the gateway says now. A gateway that is away is asked later by itself.</summary>
    public async Task HearReturnAsync(Guid attemptId, IReadOnlyDictionary<string, string> fields, CancellationToken ct)
    {
        var (payment, attempt) = await ReadAsync(attemptId, ct);
        if (cashiers.Of(attempt.Gateway).ReadReturn(fields, attempt.Trace(payment)) is { } signed)
        {
            await TakeAsync(attempt, [signed], wasAsked: false);
        }

        if (await IsOpenAsync(payment.Id, ct))
        {
            await AskAsync(attemptId, ct);
        }
    }

    /// <summary>Asks what became of a try, and takes money that is only reserved. False where the gateway is away.</summary>
    public async Task<bool> AskAsync(Guid attemptId, CancellationToken ct)
    {
        var (payment, attempt) = await ReadAsync(attemptId, ct);
        var gateway = cashiers.Of(attempt.Gateway);
        try
        {
            var facts = attempt is { SavedMethodId: not null, State: AttemptState.New } && payment.IsOpen
                ? await ChargeAsync(gateway, payment, attempt, ct)
                : await gateway.AskAsync(attempt.Trace(payment), ct);
            if (facts.LastOrDefault(f => f.Kind is FactKind.Authorized or FactKind.Captured) is { Kind: FactKind.Authorized } reserved && payment.IsOpen)
            {
                var trace = attempt.Trace(payment) with { PaymentId = reserved.PaymentId, OrderId = reserved.OrderId ?? attempt.OrderId };
                facts = [.. facts, .. await gateway.CaptureAsync(trace, ct)];
            }

            await TakeAsync(attempt, facts, wasAsked: true);
            return true;
        }
        catch (GatewayRefused refused)
        {
            LogRefused(log, attempt.Id, refused.Code);
            await TakeAsync(attempt, Refused(attempt, payment, refused), wasAsked: true);
            return true;
        }
        catch (GatewayAway)
        {
            LogAway(log, attempt.Gateway);
            await ChangeAsync(attempt, a => a.AskLater(db.Now));
            return false;
        }
    }

    private async Task<IReadOnlyList<GatewayFact>> ChargeAsync(IPaymentGateway gateway, Payment payment, Attempt attempt, CancellationToken ct)
    {
        var method = await db.Set<SavedMethod>().FirstOrDefaultAsync(m => m.Id == attempt.SavedMethodId, ct);
        if (method is null)
        {
            throw new GatewayRefused("method_removed");
        }

        return await gateway.ChargeAsync(await desk.OrderAsync(payment, attempt, _nowhere, ct), method.Token(cipher), ct);
    }

    // No to a charge means that it failed; no to a question, that the gateway never heard of it.
    private static GatewayFact[] Refused(Attempt attempt, Payment payment, GatewayRefused refused) => attempt is { SavedMethodId: not null, State: AttemptState.New }
        ?
        [
            new GatewayFact
            {
                Gateway = attempt.Gateway,
                Kind = FactKind.Failed,
                Reference = attempt.Reference,
                AmountMinor = payment.Amount,
                Currency = payment.Currency,
                Code = refused.Code,
            },
        ]
        : [];

    private async Task<(Payment Payment, Attempt Attempt)> ReadAsync(Guid attemptId, CancellationToken ct)
    {
        var attempt = await db.Set<Attempt>().FirstAsync(a => a.Id == attemptId, ct);
        return (await db.Set<Payment>().FirstAsync(p => p.Id == attempt.PaymentId, ct), attempt);
    }

    private Task<bool> IsOpenAsync(Guid paymentId, CancellationToken ct) =>
        db.Set<Payment>().AnyAsync(p => p.Id == paymentId && p.CapturedAt == null && p.CancelledAt == null, ct);

    // Not to be broken off by whoever asked: what the gateway said is to be kept.
    private async Task TakeAsync(Attempt attempt, IReadOnlyList<GatewayFact> facts, bool wasAsked)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        await Payment.LockAsync(db, attempt.PaymentId, CancellationToken.None);
        await book.TakeAsync(facts, CancellationToken.None);
        if (wasAsked)
        {
            (await db.Set<Attempt>().AsTracking().FirstAsync(a => a.Id == attempt.Id)).Asked(db.Now);
        }

        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        db.Forget();
    }

    private async Task ChangeAsync(Attempt attempt, Action<Attempt> change)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        await Payment.LockAsync(db, attempt.PaymentId, CancellationToken.None);
        change(await db.Set<Attempt>().AsTracking().FirstAsync(a => a.Id == attempt.Id));
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        db.Forget();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A gateway knows nothing of attempt {AttemptId}: {Code}")]
    private static partial void LogRefused(ILogger logger, Guid attemptId, string code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Gateway} does not answer; it is asked again later")]
    private static partial void LogAway(ILogger logger, Gateway gateway);
}
