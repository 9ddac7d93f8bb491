using System.Net;
using Careline.Gateways.Contracts;
using Careline.Gateways.Sandbox;
using Careline.Platform.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Payments.Gateways;

/// <summary>Each real adapter from start to end against the sandbox, which answers as the gateways do.</summary>
public sealed class SandboxTests(Sandbox sandbox) : IClassFixture<Sandbox>, IAsyncLifetime
{
    public static TheoryData<string> All => new(nameof(Gateway.Stripe), nameof(Gateway.Paystack), nameof(Gateway.Razorpay), nameof(Gateway.Payu));

    public async ValueTask InitializeAsync() => await sandbox.SqlAsync("DELETE FROM gateways.sandbox_deliveries");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(All))]
    public async Task Somebody_pays_and_every_way_of_learning_it_says_the_same(string name)
    {
        var gateway = Enum.Parse<Gateway>(name);
        var order = sandbox.Order(gateway);
        var checkout = await sandbox.Of(gateway).StartAsync(order, CancellationToken.None);
        var page = await sandbox.OpenAsync(checkout);

        (await sandbox.PageAsync(page)).ShouldContain("5000.00");
        (await sandbox.Of(gateway).AskAsync(Sandbox.Trace(order, checkout), CancellationToken.None)).ShouldBeEmpty();
        var (to, fields) = await sandbox.PressAsync(page, "pay");
        var facts = await sandbox.Of(gateway).AskAsync(Sandbox.Trace(order, checkout), CancellationToken.None);
        var webhooks = await sandbox.TakeAsync();

        to.AbsolutePath.ShouldBe("/returned/");
        to.Query.ShouldContain("payment=1");
        var paid = facts.ShouldHaveSingleItem();
        (paid.Kind, paid.Reference, paid.AmountMinor, paid.Currency).ShouldBe((FactKind.Captured, order.Reference, 500_000, order.Currency));
        paid.PaymentId.ShouldNotBeNull();
        webhooks.ShouldAllBe(w => w.Gateway == gateway && !w.Webhook.IsForged);
        var told = webhooks.SelectMany(w => w.Webhook.Facts).ToList();
        told.ShouldContain(f => f.Kind == FactKind.Captured);
        told.ShouldAllBe(f => f.Reference == order.Reference && f.AmountMinor == 500_000 && f.Currency == order.Currency && (f.PaymentId == paid.PaymentId || f.IsHint));
        (sandbox.Of(gateway).ReadReturn(fields, Sandbox.Trace(order, checkout)) is not null).ShouldBe(gateway is Gateway.Razorpay or Gateway.Payu);
        sandbox.Of(gateway).ReadReturn(fields, Sandbox.Trace(sandbox.Order(gateway), null)).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Who_is_declined_may_pay_afterwards(string name)
    {
        var gateway = Enum.Parse<Gateway>(name);
        var order = sandbox.Order(gateway);
        var checkout = await sandbox.Of(gateway).StartAsync(order, CancellationToken.None);
        var page = await sandbox.OpenAsync(checkout);

        await sandbox.PressAsync(page, "decline");
        var declined = await sandbox.Of(gateway).AskAsync(Sandbox.Trace(order, checkout), CancellationToken.None);
        await sandbox.PressAsync(page, "pay");
        var paid = await sandbox.Of(gateway).AskAsync(Sandbox.Trace(order, checkout), CancellationToken.None);

        declined.ShouldHaveSingleItem().Kind.ShouldBe(FactKind.Failed);
        declined[0].Code.ShouldNotBeNullOrEmpty();
        paid[^1].Kind.ShouldBe(FactKind.Captured);
        (await sandbox.TakeAsync()).SelectMany(w => w.Webhook.Facts).Last(f => f.Reference == order.Reference).Kind.ShouldBe(FactKind.Captured);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_amount_that_ends_in_13_is_declined_and_who_gives_up_goes_back(string name)
    {
        var gateway = Enum.Parse<Gateway>(name);
        var order = sandbox.Order(gateway, 10_013);
        var checkout = await sandbox.Of(gateway).StartAsync(order, CancellationToken.None);
        var page = await sandbox.OpenAsync(checkout);

        var (left, _) = await sandbox.PressAsync(page, "give_up");
        await sandbox.PressAsync(page, "pay");

        left.AbsolutePath.ShouldBe("/returned/");
        (await sandbox.Of(gateway).AskAsync(Sandbox.Trace(order, checkout), CancellationToken.None)).ShouldAllBe(f => f.Kind == FactKind.Failed);
        await sandbox.TakeAsync();
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_same_reference_is_one_order(string name)
    {
        var gateway = Enum.Parse<Gateway>(name);
        var order = sandbox.Order(gateway);
        var first = await sandbox.Of(gateway).StartAsync(order, CancellationToken.None);

        if (gateway == Gateway.Paystack)
        {
            (await Should.ThrowAsync<GatewayRefused>(() => sandbox.Of(gateway).StartAsync(order, CancellationToken.None))).Code.ShouldBe("duplicate_reference");
        }
        else
        {
            (await sandbox.Of(gateway).StartAsync(order, CancellationToken.None)).OrderId.ShouldBe(first.OrderId);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Money_goes_back_once_however_often_it_is_asked_for(string name)
    {
        var gateway = Enum.Parse<Gateway>(name);
        var (order, trace, _) = await sandbox.PaidAsync(gateway);
        await sandbox.TakeAsync();
        var token = Guid.CreateVersion7().ToString("N");

        var first = await sandbox.Of(gateway).RefundAsync(new GatewayRefund(token, trace, 200_000), CancellationToken.None);
        var again = await sandbox.Of(gateway).RefundAsync(new GatewayRefund(token, trace, 200_000), CancellationToken.None);
        var other = await sandbox.Of(gateway).RefundAsync(new GatewayRefund(Guid.CreateVersion7().ToString("N"), trace, 300_000), CancellationToken.None);
        var more = await Should.ThrowAsync<GatewayRefused>(() => sandbox.Of(gateway).RefundAsync(new GatewayRefund(Guid.CreateVersion7().ToString("N"), trace, 1), CancellationToken.None));

        // Paystack and PayU need their time.
        first.Kind.ShouldBe(gateway is Gateway.Paystack or Gateway.Payu ? FactKind.RefundPending : FactKind.Refunded);
        (first.RefundToken, first.Reference, first.AmountMinor).ShouldBe((token, order.Reference, 200_000));
        again.RefundId.ShouldBe(first.RefundId);
        other.RefundId.ShouldNotBe(first.RefundId);
        more.Code.ShouldNotBeEmpty();
        sandbox.Advance(TimeSpan.FromSeconds(31));
        (await sandbox.Of(gateway).RefundAsync(new GatewayRefund(token, trace, 200_000, first.RefundId), CancellationToken.None)).Kind.ShouldBe(FactKind.Refunded);
        var facts = await sandbox.Of(gateway).AskAsync(trace, CancellationToken.None);
        facts.Count(f => f.Kind == FactKind.Captured).ShouldBe(1);
        facts.Where(f => f.Kind == FactKind.Refunded).Sum(f => f.AmountMinor).ShouldBe(500_000);
        facts.ShouldContain(f => f.RefundToken == token && f.RefundId == first.RefundId);
        var told = (await sandbox.TakeAsync()).SelectMany(w => w.Webhook.Facts).ToList();
        told.ShouldContain(f => f.Kind == FactKind.Refunded && f.AmountMinor == 200_000 && (f.RefundToken == token || f.IsHint));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_refund_may_fail_later(string name)
    {
        var gateway = Enum.Parse<Gateway>(name);
        var (_, trace, _) = await sandbox.PaidAsync(gateway);
        var refund = new GatewayRefund(Guid.CreateVersion7().ToString("N"), trace, 100_023);

        var pending = await sandbox.Of(gateway).RefundAsync(refund, CancellationToken.None);
        sandbox.Advance(TimeSpan.FromSeconds(31));
        var failed = await sandbox.Of(gateway).RefundAsync(refund with { RefundId = pending.RefundId }, CancellationToken.None);

        (pending.Kind, failed.Kind).ShouldBe((FactKind.RefundPending, FactKind.RefundFailed));
        (await sandbox.TakeAsync()).SelectMany(w => w.Webhook.Facts).ShouldContain(f => f.Kind == FactKind.RefundFailed && f.AmountMinor == 100_023);
    }

    [Theory]
    [InlineData(nameof(Gateway.Stripe), "winning_evidence", nameof(FactKind.DisputeWon))]
    [InlineData(nameof(Gateway.Stripe), null, nameof(FactKind.DisputeLost))]
    [InlineData(nameof(Gateway.Paystack), "winning_evidence", nameof(FactKind.DisputeWon))]
    [InlineData(nameof(Gateway.Paystack), null, nameof(FactKind.DisputeLost))]
    [InlineData(nameof(Gateway.Razorpay), "winning_evidence", nameof(FactKind.DisputeWon))]
    [InlineData(nameof(Gateway.Razorpay), null, nameof(FactKind.DisputeLost))]
    public async Task A_dispute_is_told_and_answered(string name, string? evidence, string end)
    {
        var gateway = Enum.Parse<Gateway>(name);
        var (_, trace, page) = await sandbox.PaidAsync(gateway);
        await sandbox.TakeAsync();

        await sandbox.DisputeAsync(page);
        var opened = (await sandbox.TakeAsync()).SelectMany(w => w.Webhook.Facts).First();
        await sandbox.Of(gateway).AnswerDisputeAsync(opened.DisputeId!, evidence, CancellationToken.None);
        var ended = (await sandbox.TakeAsync()).SelectMany(w => w.Webhook.Facts).ShouldHaveSingleItem();

        (opened.Kind, opened.PaymentId, opened.AmountMinor).ShouldBe((FactKind.Disputed, trace.PaymentId, 500_000));
        opened.DueAt.ShouldNotBeNull();
        (ended.Kind.ToString(), ended.DisputeId).ShouldBe((end, opened.DisputeId));
        if (gateway != Gateway.Razorpay)
        {
            (await sandbox.Of(gateway).AskAsync(trace, CancellationToken.None)).ShouldContain(f => f.DisputeId == opened.DisputeId && f.Kind == ended.Kind);
        }
    }

    [Fact]
    public async Task A_dispute_at_payu_is_a_hint_and_answered_on_its_own_pages()
    {
        var (_, trace, page) = await sandbox.PaidAsync(Gateway.Payu);
        await sandbox.TakeAsync();

        await sandbox.DisputeAsync(page);
        var opened = (await sandbox.TakeAsync()).Single().Webhook.Facts.ShouldHaveSingleItem();

        (opened.Kind, opened.PaymentId, opened.IsHint).ShouldBe((FactKind.Disputed, trace.PaymentId, true));
        (await Should.ThrowAsync<GatewayRefused>(() => sandbox.Of(Gateway.Payu).AnswerDisputeAsync(opened.DisputeId!, null, CancellationToken.None))).Code.ShouldBe("NOT_SUPPORTED");
    }

    [Theory]
    [InlineData(nameof(Gateway.Stripe))]
    [InlineData(nameof(Gateway.Paystack))]
    public async Task A_saved_method_is_charged_once_without_its_payer(string name)
    {
        var gateway = Enum.Parse<Gateway>(name);
        var (_, first, _) = await sandbox.PaidAsync(gateway, save: true);
        var saved = (await sandbox.Of(gateway).AskAsync(first, CancellationToken.None)).Single().Saved.ShouldNotBeNull();
        var order = sandbox.Order(gateway, 70_000);

        var charged = (await sandbox.Of(gateway).ChargeAsync(order, saved.Token, CancellationToken.None)).ShouldHaveSingleItem();
        var again = (await sandbox.Of(gateway).ChargeAsync(order, saved.Token, CancellationToken.None)).ShouldHaveSingleItem();
        var found = (await sandbox.Of(gateway).AskAsync(Sandbox.Trace(order, null), CancellationToken.None)).ShouldHaveSingleItem();

        (saved.Brand, saved.ExpiryMonth, saved.ExpiryYear).ShouldBe(("visa", 12, 2034));
        (charged.Kind, charged.Reference, charged.AmountMinor).ShouldBe((FactKind.Captured, order.Reference, 70_000));
        (again.PaymentId, found.PaymentId).ShouldBe((charged.PaymentId, charged.PaymentId));
        await Should.ThrowAsync<GatewayRefused>(() => sandbox.Of(gateway).ChargeAsync(sandbox.Order(gateway, 70_017), saved.Token, CancellationToken.None));
        await Should.ThrowAsync<GatewayRefused>(() => sandbox.Of(gateway).ChargeAsync(sandbox.Order(gateway), "no|such", CancellationToken.None));
        await Should.ThrowAsync<GatewayRefused>(() => sandbox.Of(gateway).ChargeAsync(sandbox.Order(gateway), "nothing", CancellationToken.None));
        await sandbox.TakeAsync();
    }

    [Fact]
    public async Task What_nobody_wanted_to_save_is_not_saved()
    {
        var (_, stripe, _) = await sandbox.PaidAsync(Gateway.Stripe);
        var (_, paystack, _) = await sandbox.PaidAsync(Gateway.Paystack);

        (await sandbox.Of(Gateway.Stripe).AskAsync(stripe, CancellationToken.None)).Single().Saved.ShouldBeNull();
        (await sandbox.Of(Gateway.Paystack).AskAsync(paystack, CancellationToken.None)).Single().Saved.ShouldBeNull();
    }

    [Fact]
    public async Task Razorpay_only_authorises_some_amounts_and_takes_them_when_told()
    {
        var (order, trace, _) = await sandbox.PaidAsync(Gateway.Razorpay, 10_019);

        (await sandbox.Of(Gateway.Razorpay).AskAsync(trace, CancellationToken.None)).Single().Kind.ShouldBe(FactKind.Authorized);
        var taken = (await sandbox.Of(Gateway.Razorpay).CaptureAsync(trace, CancellationToken.None)).ShouldHaveSingleItem();
        var again = (await sandbox.Of(Gateway.Razorpay).CaptureAsync(trace, CancellationToken.None)).ShouldHaveSingleItem();

        (taken.Kind, taken.Reference, again.Kind).ShouldBe((FactKind.Captured, order.Reference, FactKind.Captured));
        await sandbox.TakeAsync();
    }

    [Fact]
    public async Task Webhooks_come_late_twice_backwards_or_not_at_all()
    {
        await sandbox.PaidAsync(Gateway.Stripe, webhooks: "lost");
        (await sandbox.TakeAsync()).ShouldBeEmpty();

        await sandbox.PaidAsync(Gateway.Stripe, webhooks: "delayed");
        (await sandbox.TakeAsync()).ShouldBeEmpty();
        sandbox.Advance(TimeSpan.FromSeconds(61));
        var inOrder = (await sandbox.TakeAsync()).Select(w => w.Webhook.Event).ToList();
        inOrder.ShouldBe(["charge.succeeded", "payment_intent.succeeded", "checkout.session.completed"]);

        await sandbox.PaidAsync(Gateway.Stripe, webhooks: "shuffled");
        (await sandbox.TakeAsync()).Select(w => w.Webhook.Event).ShouldBe(inOrder.AsEnumerable().Reverse());

        await sandbox.PaidAsync(Gateway.Razorpay, webhooks: "doubled");
        var twice = (await sandbox.TakeAsync()).Select(w => w.Webhook.DeliveryKey).ToList();
        (twice.Count, twice.Distinct().Count()).ShouldBe((6, 3));
    }

    [Fact]
    public async Task A_webhook_that_is_not_taken_comes_again_later()
    {
        await sandbox.PaidAsync(Gateway.Paystack);
        var job = sandbox.Services.GetServices<IRecurringJob>().OfType<DeliverSandboxWebhooks>().Single();
        var tries = 0;

        await DeliverAsync(() => Task.FromResult(false));
        await DeliverAsync(() => Task.FromResult(true));
        sandbox.Advance(TimeSpan.FromSeconds(6));
        await DeliverAsync(() => throw new InvalidOperationException());
        sandbox.Advance(TimeSpan.FromSeconds(11));
        await DeliverAsync(() => Task.FromResult(true));
        sandbox.Advance(TimeSpan.FromDays(1));
        await DeliverAsync(() => Task.FromResult(true));

        tries.ShouldBe(3);

        Task DeliverAsync(Func<Task<bool>> take) => sandbox.LookAsync(async db =>
        {
            await job.DeliverAsync(db, (_, _, _) => { tries++; return take(); }, CancellationToken.None);
            return 0;
        });
    }

    [Fact]
    public async Task The_page_holds_no_script_and_lets_nothing_be_read_from_elsewhere()
    {
        var order = sandbox.Order(Gateway.Stripe) with { Description = "<script>alert(1)</script>" };
        var page = await sandbox.OpenAsync(await sandbox.Of(Gateway.Stripe).StartAsync(order, CancellationToken.None));

        using var reply = await sandbox.Anonymous.GetAsync(page, TestContext.Current.CancellationToken);
        var html = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        html.ShouldNotContain("<script");
        html.ShouldContain("&lt;script&gt;");
        html.ShouldContain("<html lang=\"en\">");
        reply.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
        (await sandbox.Anonymous.GetAsync(new Uri(page, "../nothing/"), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await sandbox.Anonymous.GetAsync(new Uri(page, "../../offline/x/"), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_form_that_is_not_signed_opens_no_order_at_payu()
    {
        var checkout = await sandbox.Of(Gateway.Payu).StartAsync(sandbox.Order(Gateway.Payu), CancellationToken.None);
        var changed = new Dictionary<string, string>(checkout.Form!) { ["amount"] = "1.00" };

        using var reply = await sandbox.Anonymous.PostAsync(checkout.FormAction, new FormUrlEncodedContent(changed), TestContext.Current.CancellationToken);

        reply.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
