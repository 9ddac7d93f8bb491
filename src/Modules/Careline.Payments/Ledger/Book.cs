using Careline.Gateways.Contracts;
using Careline.Payments.Payments;

namespace Careline.Payments.Ledger;

/// <summary>
/// Writes the ledger. Whoever calls holds the lock of the payment, so that looking for a key and posting it are one step; the key's constraint is the proof. The
/// caller saves.
/// </summary>
internal sealed class Book(CarelineDb db)
{
    /// <summary>Posts unless the key stands there already; whether it did.</summary>
    /// <param name="kind">What it is about.</param>
    /// <param name="key">What happened, by the names that the world knows it by.</param>
    /// <param name="payment">The payment.</param>
    /// <param name="debits">What the accounts got.</param>
    /// <param name="credits">What they gave, to the same sum.</param>
    /// <param name="by">Who did it by hand.</param>
    /// <param name="ct">Ends the waiting.</param>
    public async Task<bool> PostAsync(
        PostingKind kind, string key, Payment payment, IReadOnlyList<Share> debits, IReadOnlyList<Share> credits, Guid? by, CancellationToken ct)
    {
        if (await db.Set<Posting>().AnyAsync(p => p.Key == key, ct))
        {
            return false;
        }

        Post(kind, key, payment.Id, payment.Currency, debits, credits, by);
        return true;
    }

    /// <summary>Posts what is not about one payment.</summary>
    public void Post(PostingKind kind, string key, Guid? paymentId, string currency, IReadOnlyList<Share> debits, IReadOnlyList<Share> credits, Guid? by)
    {
        var posting = Posting.Of(db.NewId(), kind, key, paymentId, new LedgerSum(debits.Sum(d => d.Amount), currency), by, db.Now);
        db.Append(posting);
        foreach (var debit in debits.Where(d => d.Amount > 0))
        {
            db.Append(Entry.Of(db.NewId(), posting, debit.Account, debit.Amount, 0));
        }

        foreach (var credit in credits.Where(c => c.Amount > 0))
        {
            db.Append(Entry.Of(db.NewId(), posting, credit.Account, 0, credit.Amount));
        }
    }

    /// <summary>The money of a payment is at the gateway, or in the till: everybody gets their share.</summary>
    public Task<bool> CaptureAsync(Payment payment, string key, Guid? by, CancellationToken ct) =>
        PostAsync(PostingKind.Payment, key, payment, [new Share(PlaceOf(payment), payment.Amount)], Shares.Of(payment), by, ct);

    /// <summary>Money came that nobody is owed: it waits to be given back.</summary>
    public Task<bool> CaptureSurplusAsync(Payment payment, Gateway gateway, string key, CancellationToken ct) => PostAsync(
        PostingKind.Payment, key, payment, [new Share(LedgerAccount.At(gateway), payment.Amount)], [new Share(LedgerAccount.OwedFor(payment.Id), payment.Amount)], null, ct);

    /// <summary>The gateway kept something for itself.</summary>
    public Task<bool> FeeAsync(Payment payment, Gateway gateway, string key, long fee, CancellationToken ct) => PostAsync(
        PostingKind.Fee, key, payment, [new Share(LedgerAccount.FeesOf(gateway), fee)], [new Share(LedgerAccount.At(gateway), fee)], null, ct);

    /// <summary>Where the money of a payment lies.</summary>
    public static string PlaceOf(Payment payment) =>
        payment.Gateway == Gateway.Offline ? LedgerAccount.TillOf(payment.ClinicId) : LedgerAccount.At(payment.Gateway);
}
