namespace Careline.Gateways.Sandbox;

/// <summary>What the sandbox knows, and what happens in it. An order is locked while something happens to it.</summary>
internal sealed class SandboxBooks(CarelineDb db, ISandboxPlayer player)
{
    // Keeps the order of what is due at once.
    private static readonly TimeSpan _moment = TimeSpan.FromMilliseconds(50);

    public DateTimeOffset Now => db.Now;

    public async Task<SandboxCase?> OfOrderAsync(string orderId, CancellationToken ct)
    {
        var gateway = EnumText<Gateway>.Of(player.Name);
        return await CaseAsync((await db.Set<SandboxOrder>()
            .FromSql($"SELECT * FROM gateways.sandbox_orders WHERE gateway = {gateway} AND order_id = {orderId} FOR UPDATE").AsTracking().ToListAsync(ct)).FirstOrDefault(), ct);
    }

    public async Task<SandboxCase?> OfReferenceAsync(string reference, CancellationToken ct)
    {
        var gateway = EnumText<Gateway>.Of(player.Name);
        return await CaseAsync((await db.Set<SandboxOrder>()
            .FromSql($"SELECT * FROM gateways.sandbox_orders WHERE gateway = {gateway} AND reference = {reference} FOR UPDATE").AsTracking().ToListAsync(ct)).FirstOrDefault(), ct);
    }

    public Task<SandboxCase?> OfPaymentAsync(string paymentId, CancellationToken ct) =>
        OfKeyAsync(db.Set<SandboxPayment>().Where(p => p.PaymentId == paymentId).Select(p => p.OrderKey), ct);

    public Task<SandboxCase?> OfRefundAsync(string refundId, CancellationToken ct) =>
        OfKeyAsync(db.Set<SandboxRefund>().Where(r => r.RefundId == refundId).Select(r => r.OrderKey), ct);

    public Task<SandboxCase?> OfDisputeAsync(string disputeId, CancellationToken ct) =>
        OfKeyAsync(db.Set<SandboxDispute>().Where(d => d.DisputeId == disputeId).Select(d => d.OrderKey), ct);

    /// <summary>Whether somebody saved a method under this name.</summary>
    public Task<bool> IsSavedAsync(string token, CancellationToken ct) => db.Set<SandboxPayment>().AnyAsync(p => p.SavedToken == token, ct);

    public SandboxCase Open(SandboxOrder order)
    {
        db.Add(order);
        return new SandboxCase(order, [], [], []);
    }

    /// <summary>Somebody tries to pay.</summary>
    public SandboxPayment Pay(SandboxCase about, SandboxPaymentStatus status, string? code)
    {
        var payment = player.HasOnePayment ? about.Last : null;
        if (payment is null)
        {
            payment = SandboxPayment.Make(about.Order, player.NewName(SandboxThing.Payment), Now);
            about.Payments.Add(payment);
            db.Add(payment);
        }

        payment.Become(status, code);
        payment.SavedToken = status != SandboxPaymentStatus.Failed && about.Order.SavesMethod ? payment.SavedToken ?? player.NewSavedToken() : payment.SavedToken;
        Schedule(about, player.Tell(about, payment, Now), Now - _moment);
        return payment;
    }

    /// <summary>What was only authorised is taken.</summary>
    public void Capture(SandboxCase about, SandboxPayment payment)
    {
        payment.Become(SandboxPaymentStatus.Captured);
        Schedule(about, player.Tell(about, payment, Now), about.Order.Webhooks == SandboxWebhooks.Shuffled ? Now - _moment - _moment : Now);
    }

    /// <summary>Money goes back; the same token a second time is the same refund.</summary>
    public SandboxRefund Refund(SandboxCase about, SandboxPayment payment, string token, long amountMinor)
    {
        if (about.Refunds.FirstOrDefault(r => r.Token == token && token.Length > 0) is { } made)
        {
            return made;
        }

        var refund = SandboxRefund.Make(payment, player.NewName(SandboxThing.Refund), token, amountMinor, player.RefundTakes, Now);
        about.Refunds.Add(refund);
        db.Add(refund);
        Schedule(about, player.Tell(about, refund, Now), Now);
        if (refund.SettlesAt > Now)
        {
            Schedule(about, player.Tell(about, refund, refund.SettlesAt), refund.SettlesAt);
        }

        return refund;
    }

    public SandboxDispute Dispute(SandboxCase about, SandboxPayment payment)
    {
        var dispute = SandboxDispute.Open(payment, player.NewName(SandboxThing.Dispute), Now);
        about.Disputes.Add(dispute);
        db.Add(dispute);
        Schedule(about, player.Tell(about, dispute, Now), Now);
        return dispute;
    }

    public void Answer(SandboxCase about, SandboxDispute dispute, string? evidence)
    {
        dispute.Answer(evidence);
        Schedule(about, player.Tell(about, dispute, Now), Now);
    }

    /// <summary>Lets webhooks come as the order says.</summary>
    public void Schedule(SandboxCase about, IEnumerable<SandboxEvent> events, DateTimeOffset at)
    {
        var told = events.ToList();
        var from = about.Order.Webhooks == SandboxWebhooks.Delayed ? at.AddSeconds(60) : at;
        SandboxEvent[] sent = about.Order.Webhooks switch
        {
            SandboxWebhooks.Lost => [],
            SandboxWebhooks.Doubled => [.. told, .. told],
            SandboxWebhooks.Shuffled => [.. told.AsEnumerable().Reverse()],
            _ => [.. told],
        };
        db.AddRange(sent.Select((e, i) => SandboxDelivery.Of(player.Name, e, from.AddMilliseconds(i - sent.Length))));
    }

    private async Task<SandboxCase?> OfKeyAsync(IQueryable<Guid> keys, CancellationToken ct)
    {
        var key = await keys.FirstOrDefaultAsync(ct);
        return await CaseAsync(
            (await db.Set<SandboxOrder>().FromSql($"SELECT * FROM gateways.sandbox_orders WHERE id = {key} FOR UPDATE").AsTracking().ToListAsync(ct)).FirstOrDefault(o => o.Gateway == player.Name), ct);
    }

    private async Task<SandboxCase?> CaseAsync(SandboxOrder? order, CancellationToken ct) => order is null ? null : new SandboxCase(
        order,
        await db.Set<SandboxPayment>().AsTracking().Where(p => p.OrderKey == order.Id).OrderBy(p => p.CreatedAt).ThenBy(p => p.Id).ToListAsync(ct),
        await db.Set<SandboxRefund>().AsTracking().Where(r => r.OrderKey == order.Id).OrderBy(r => r.CreatedAt).ThenBy(r => r.Id).ToListAsync(ct),
        await db.Set<SandboxDispute>().AsTracking().Where(d => d.OrderKey == order.Id).OrderBy(d => d.CreatedAt).ThenBy(d => d.Id).ToListAsync(ct));
}
