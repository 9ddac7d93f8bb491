using Careline.Gateways.Contracts;
using Careline.Gateways.Sandbox;
using Careline.Payments.Settling;
using Careline.Platform.Data;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Payments;

/// <summary>What gateways say, in whatever order, however often, and by whomever.</summary>
public sealed class WebhookTests(LongDay app) : IClassFixture<LongDay>
{
    private const int Times = 30;

    /// <summary>The cut of <c>bench/faults/payments</c>, which sends each a thousand times.</summary>
    [Theory]
    [InlineData("stripe", "USD")]
    [InlineData("paystack", "NGN")]
    [InlineData("razorpay", "INR")]
    [InlineData("payu", "INR")]
    public async Task Each_webhook_many_times_shuffled_and_sixteen_at_once_beside_the_payers_own_question_is_one_entry(string gateway, string currency)
    {
        using var visit = await app.VisitToPayAsync(currency);
        var (id, checkout) = await visit.Patient.StartedAsync(visit.Id, new { gateway });
        await app.PayAsync(await app.OrderAsync(checkout), "pay", "normal");
        var messages = await SignedAsync(id);
        messages.Count.ShouldBeGreaterThan(0);
        var calls = messages.SelectMany(m => Enumerable.Repeat(m, Times)).OrderBy(_ => Random.Shared.Next()).ToList();

        await Parallel.ForEachAsync(calls.Index(), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (call, _) =>
        {
            (await SendAsync(call.Item)).Status.ShouldBe(200);
            if (call.Index % 10 == 0)
            {
                (await visit.Patient.PostAsync($"/api/payments/{id}/verify/")).Status.ShouldBe(200);
            }
        });
        await app.DeliverEventsAsync();

        (await visit.Patient.GetAsync($"/api/payments/{id}/")).Word("status").ShouldBe("completed");
        (await app.PostedAsync(id)).ShouldBe(1);
        (await visit.Patient.GetAsync("/api/payments/invoices/")).Total.ShouldBe(1);
        (await app.SqlAsync("SELECT count(*) FROM platform.outbox WHERE dead_at IS NOT NULL")).ShouldBe(0L);
        (await app.SqlAsync("SELECT count(*) FROM payments.discrepancies WHERE payment_id = $1", id)).ShouldBe(0L);
    }

    [Theory]
    [InlineData("stripe")]
    [InlineData("paystack")]
    [InlineData("razorpay")]
    [InlineData("payu")]
    public async Task What_nobody_signed_is_refused_and_keeps_nothing(string gateway)
    {
        using var body = new StringContent("{\"event\":\"charge.success\",\"data\":{\"reference\":\"x\",\"amount\":1}}");
        var before = await app.SqlAsync("SELECT count(*) FROM payments.webhooks");

        (await app.Anonymous.SendAsync("POST", $"/api/payments/webhooks/{gateway}/", body)).ErrorCode.ShouldBe("BAD_SIGNATURE");
        (await app.Anonymous.SendAsync("POST", $"/api/payments/webhooks/{gateway}/", new StringContent(new string('x', 300_000)))).Status.ShouldBe(413);
        (await app.Anonymous.SendAsync("POST", "/api/payments/webhooks/offline/", new StringContent("x"))).Status.ShouldBe(404);
        (await app.SqlAsync("SELECT count(*) FROM payments.webhooks")).ShouldBe(before);
    }

    [Fact]
    public async Task Another_amount_or_currency_or_order_marks_nothing_paid_and_tells_who_runs_it()
    {
        using var admin = await app.AdminAsync();
        using var visit = await app.VisitToPayAsync();
        var (id, checkout) = await visit.Patient.StartedAsync(visit.Id);
        await app.OrderAsync(checkout);
        var right = await CapturedAsync(id);

        await TakeAsync(right with { AmountMinor = right.AmountMinor - 1 });
        await TakeAsync(right with { AmountMinor = right.AmountMinor * 100 });
        await TakeAsync(right with { Currency = "GHS" });
        await TakeAsync(right with { Reference = "cl" + new string('z', 22), OrderId = "elsewhere" });
        await TakeAsync(right with { Gateway = Gateway.Stripe });

        (await visit.Patient.GetAsync($"/api/payments/{id}/")).Word("status").ShouldBe("processing");
        (await app.PostedAsync(id)).ShouldBe(0);
        var found = await admin.GetAsync("/api/payments/discrepancies/?is_resolved=false");
        found.Rows.Where(d => d.GetProperty("payment_id").ToString() == id.ToString()).Select(d => d.GetProperty("kind").GetString()).Order().ShouldBe(["amount", "amount", "currency"]);
        found.Rows.Count(d => d.GetProperty("kind").GetString() == "unknown_order").ShouldBeGreaterThanOrEqualTo(2);
        (await admin.GetAsync("/api/notifications/?mark_read=false")).Text.ShouldContain("does not agree");
        await TakeAsync(right);
        (await visit.Patient.GetAsync($"/api/payments/{id}/")).Word("status").ShouldBe("completed");
        var first = found.Rows.First().GetProperty("id").GetGuid();
        (await admin.PostAsync($"/api/payments/discrepancies/{first}/resolve/", new { note = "A test" })).Data.GetProperty("resolved_at").ValueKind.ShouldNotBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task Whatever_order_facts_come_in_the_payment_goes_only_forward()
    {
        foreach (var order in new[] { new[] { 0, 1, 2, 3 }, [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2] })
        {
            using var visit = await app.VisitToPayAsync();
            var (id, checkout) = await visit.Patient.StartedAsync(visit.Id);
            await app.OrderAsync(checkout);
            var captured = await CapturedAsync(id);
            GatewayFact[] facts =
            [
                captured with { Kind = FactKind.Pending }, captured with { Kind = FactKind.Failed, Code = "declined" }, captured with { Kind = FactKind.Authorized }, captured,
            ];

            foreach (var i in order)
            {
                await TakeAsync(facts[i]);
            }

            (await visit.Patient.GetAsync($"/api/payments/{id}/")).Word("status").ShouldBe("completed");
            (await app.PostedAsync(id)).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Two_who_pay_the_same_at_once_pay_once_and_the_other_money_goes_back()
    {
        using var visit = await app.VisitToPayAsync();
        using var admin = await app.AdminAsync();
        var (id, checkout) = await visit.Patient.StartedAsync(visit.Id);
        await app.OrderAsync(checkout);
        var captured = await CapturedAsync(id);

        await Task.WhenAll(TakeAsync(captured), TakeAsync(captured with { PaymentId = "another" }), TakeAsync(captured), TakeAsync(captured with { PaymentId = "another" }));

        (await app.PostedAsync(id)).ShouldBe(2);
        (await app.BalanceAsync($"owed:{id}")).ShouldBe(-Takings.Fee);
        var refund = (await visit.Patient.GetAsync($"/api/payments/{id}/refunds/")).Rows.Single();
        refund.GetProperty("is_surplus").GetBoolean().ShouldBeTrue();
        await TakeAsync(captured with { Kind = FactKind.Refunded, RefundId = "back", RefundToken = refund.GetProperty("id").GetGuid().ToString("N") });
        (await app.BalanceAsync($"owed:{id}")).ShouldBe(0);
        (await visit.Patient.GetAsync($"/api/payments/{id}/")).Word("status").ShouldBe("completed");
        (await app.BalanceAsync($"doctor:{visit.Doctor.DoctorId}")).ShouldBe(-40_000);
    }

    [Fact]
    public async Task Money_given_back_on_the_gateways_own_pages_is_noticed_and_never_more_than_came()
    {
        using var visit = await app.VisitToPayAsync();
        var id = await app.PaidAsync(visit);
        var back = (await CapturedAsync(id)) with { Kind = FactKind.Refunded, RefundId = "dashboard-1", AmountMinor = 20_000 };

        await TakeAsync(back);
        await TakeAsync(back);
        await TakeAsync(back with { RefundId = "dashboard-2", AmountMinor = 30_001 });

        (await visit.Patient.GetAsync($"/api/payments/{id}/")).Data.GetProperty("refunded_amount").GetInt64().ShouldBe(20_000);
        (await app.PostedAsync(id, "refund")).ShouldBe(1);
        (await app.SqlAsync("SELECT kind FROM payments.discrepancies WHERE payment_id = $1", id)).ShouldBe("refund_too_much");
    }

    [Fact]
    public async Task A_refund_that_comes_back_is_on_the_books_again()
    {
        using var visit = await app.VisitToPayAsync();
        using var admin = await app.AdminAsync();
        var id = await app.PaidAsync(visit);
        var refund = (await admin.PostAsync($"/api/payments/{id}/refund/", new { amount = 20_000 })).Id;
        var fact = (await CapturedAsync(id)) with { RefundToken = refund.ToString("N"), RefundId = "r1", AmountMinor = 20_000 };

        await TakeAsync(fact with { Kind = FactKind.Refunded });
        await TakeAsync(fact with { Kind = FactKind.RefundFailed, Code = "account_closed" });

        (await visit.Patient.GetAsync($"/api/payments/{id}/")).Word("status").ShouldBe("completed");
        (await visit.Patient.GetAsync($"/api/payments/{id}/refunds/")).Rows.Single().GetProperty("failure_code").GetString().ShouldBe("account_closed");
        (await app.BalanceAsync($"doctor:{visit.Doctor.DoctorId}")).ShouldBe(-40_000);
        (await admin.PostAsync($"/api/payments/refunds/{refund}/retry/")).Word("status").ShouldBe("pending");
    }

    [Theory]
    [InlineData("won", -40_000)]
    [InlineData("lost", 0)]
    public async Task What_a_bank_takes_back_is_nobodys_until_it_is_decided(string status, long doctors)
    {
        using var visit = await app.VisitToPayAsync();
        using var admin = await app.AdminAsync();
        var id = await app.PaidAsync(visit);
        var fact = (await CapturedAsync(id)) with { Kind = FactKind.Disputed, DisputeId = $"dp-{status}", Code = "fraudulent", DueAt = app.Now.AddDays(7) };
        var disputed = await app.BalanceAsync("disputed:paystack");

        await TakeAsync(fact);
        await TakeAsync(fact);

        var dispute = (await admin.GetAsync($"/api/payments/disputes/?payment={id}")).Rows.Single();
        dispute.GetProperty("status").GetString().ShouldBe("needs_response");
        (await app.BalanceAsync("disputed:paystack") - disputed).ShouldBe(Takings.Fee);
        (await admin.PostAsync($"/api/payments/{id}/refund/")).ErrorCode.ShouldBe("REFUND_TOO_MUCH");
        (await visit.Patient.GetAsync($"/api/payments/disputes/{dispute.GetProperty("id").GetGuid()}/")).Status.ShouldBe(403);
        await TakeAsync(fact with { Kind = status == "won" ? FactKind.DisputeWon : FactKind.DisputeLost });
        (await admin.GetAsync($"/api/payments/disputes/?payment={id}")).Rows.Single().GetProperty("status").GetString().ShouldBe(status);
        (await app.BalanceAsync("disputed:paystack") - disputed).ShouldBe(0);
        (await app.BalanceAsync($"doctor:{visit.Doctor.DoctorId}")).ShouldBe(doctors);
        (await app.PostedAsync(id, "chargeback")).ShouldBe(2);
    }

    [Fact]
    public async Task A_dispute_that_nobody_signed_waits_for_a_person_and_moves_no_money()
    {
        using var visit = await app.VisitToPayAsync("INR");
        using var admin = await app.AdminAsync();
        var id = await app.PaidAsync(visit, new { gateway = "payu" });

        await TakeAsync((await CapturedAsync(id)) with { Kind = FactKind.Disputed, DisputeId = "cb-1", IsHint = true });

        (await admin.GetAsync($"/api/payments/disputes/?payment={id}")).Rows.Single().GetProperty("status").GetString().ShouldBe("unconfirmed");
        (await app.PostedAsync(id, "chargeback")).ShouldBe(0);
        (await app.SqlAsync("SELECT ask_at <= $2 FROM payments.attempts WHERE payment_id = $1", id, app.Now)).ShouldBe(true);
    }

    [Fact]
    public async Task An_answer_to_a_dispute_reaches_the_gateway_in_time_only()
    {
        using var visit = await app.VisitToPayAsync("USD");
        using var admin = await app.AdminAsync();
        var (id, checkout) = await visit.Patient.StartedAsync(visit.Id);
        var order = await app.OrderAsync(checkout);
        await app.PayAsync(order, "pay", "normal");
        (await app.Anonymous.SendAsync("POST", order + "dispute/")).Status.ShouldBe(303);
        app.Advance(TimeSpan.FromSeconds(2));
        await app.RunJobAsync("payments.sandbox-webhooks");
        await app.DeliverEventsAsync();
        var dispute = (await admin.GetAsync($"/api/payments/disputes/?payment={id}")).Rows.Single().GetProperty("id").GetGuid();

        (await admin.PostAsync($"/api/payments/disputes/{dispute}/answer/", new { accept = true, evidence = "Both" })).Status.ShouldBe(400);
        (await admin.PostAsync($"/api/payments/disputes/{dispute}/answer/", new { evidence = "The visit took place on the day." })).Word("status").ShouldBe("under_review");
        (await app.SqlAsync("SELECT status FROM gateways.sandbox_disputes ORDER BY created_at DESC LIMIT 1")).ShouldNotBe("open");
        app.Advance(TimeSpan.FromDays(20));
        using var again = await app.AdminAsync();
        var late = await again.PostAsync($"/api/payments/disputes/{dispute}/answer/", new { evidence = "More." });
        late.ErrorCode.ShouldBeOneOf("DISPUTE_LATE", "DISPUTE_CLOSED");
    }

    private async Task<GatewayFact> CapturedAsync(Guid payment) => await app.LookAsync(async db =>
    {
        var attempt = await db.Set<Careline.Payments.Payments.Attempt>().FirstAsync(a => a.PaymentId == payment);
        var of = await db.Set<Careline.Payments.Payments.Payment>().FirstAsync(p => p.Id == payment);
        return new GatewayFact
        {
            Gateway = attempt.Gateway,
            Kind = FactKind.Captured,
            Reference = attempt.Reference,
            OrderId = attempt.OrderId,
            PaymentId = attempt.GatewayPaymentId ?? "gateway-" + attempt.Reference,
            AmountMinor = of.Amount,
            Currency = of.Currency,
        };
    });

    private async Task TakeAsync(GatewayFact fact)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await scope.ServiceProvider.GetRequiredService<FactBook>().TakeAsync([fact], CancellationToken.None);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    /// <summary>The sandbox's messages about a payment, signed as they would leave, which then do not leave by themselves.</summary>
    private Task<List<(Gateway Gateway, string Body, IReadOnlyDictionary<string, string> Headers)>> SignedAsync(Guid payment) => app.LookAsync(async db =>
    {
        var attempt = await db.Set<Careline.Payments.Payments.Attempt>().FirstAsync(a => a.PaymentId == payment);
        var name = attempt.OrderId ?? attempt.Reference;
        var players = app.Services.GetRequiredService<SandboxPlayers>();
        var deliveries = await db.Set<SandboxDelivery>().Where(d => d.Gateway == attempt.Gateway && (d.Body.Contains(name) || d.Body.Contains(attempt.Reference))).ToListAsync();
        await db.Set<SandboxDelivery>().Where(d => d.Gateway == attempt.Gateway).ExecuteDeleteAsync();
        return deliveries.ConvertAll(d => (d.Gateway, d.Body, players.Of(d.Gateway)!.Sign(d, app.Now)));
    });

    private async Task<Reply> SendAsync((Gateway Gateway, string Body, IReadOnlyDictionary<string, string> Headers) message)
    {
        using var content = new StringContent(message.Body);
        content.Headers.ContentType = null;
        return await app.Anonymous.SendAsync(
            "POST", $"/api/payments/webhooks/{EnumText<Gateway>.Of(message.Gateway)}/", content, [.. message.Headers.Select(h => (h.Key, h.Value))]);
    }
}
