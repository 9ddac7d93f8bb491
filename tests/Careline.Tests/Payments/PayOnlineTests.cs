using Careline.Payments.Refunds;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Payments;

/// <summary>What is paid at the gateways, all of them played by the sandbox.</summary>
public sealed class PayOnlineTests(LongDay app) : IClassFixture<LongDay>
{
    [Theory]
    [InlineData("stripe", "USD")]
    [InlineData("paystack", "NGN")]
    [InlineData("razorpay", "INR")]
    [InlineData("payu", "INR")]
    public async Task A_visit_is_paid_at_each_gateway_and_told_by_everybody_many_times_stands_once(string gateway, string currency)
    {
        using var visit = await app.VisitToPayAsync(currency);
        var (id, checkout) = await visit.Patient.StartedAsync(visit.Id, new { gateway });

        (await app.AtTheSandboxAsync(checkout, webhooks: "doubled")).Text.ShouldContain("Thank you");
        await BringWebhooksAsync();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => visit.Patient.PostAsync($"/api/payments/{id}/verify/")));
        await BringWebhooksAsync();
        await app.RunJobAsync("payments.reconcile");

        var payment = await visit.Patient.GetAsync($"/api/payments/{id}/");
        (payment.Word("status"), payment.Word("gateway")).ShouldBe(("completed", gateway));
        (await app.PostedAsync(id)).ShouldBe(1);
        (await visit.Patient.GetAsync("/api/payments/invoices/")).Total.ShouldBe(1);
        (await visit.Patient.GetAsync($"/api/appointments/{visit.Id}/")).Word("status").ShouldBe("confirmed");
        (await app.SqlAsync("SELECT count(*) FROM payments.discrepancies WHERE payment_id = $1", id)).ShouldBe(0L);
        (await app.BalanceAsync($"doctor:{visit.Doctor.DoctorId}", currency)).ShouldBe(-40_000);
        await BalancedAsync();
    }

    [Theory]
    [InlineData("stripe", "USD")]
    [InlineData("paystack", "NGN")]
    [InlineData("razorpay", "INR")]
    [InlineData("payu", "INR")]
    public async Task A_payment_goes_back_in_two_parts_at_each_gateway_and_nothing_is_left(string gateway, string currency)
    {
        using var visit = await app.VisitToPayAsync(currency);
        using var admin = await app.AdminAsync();
        var id = await app.PaidAsync(visit, new { gateway });

        (await admin.PostAsync($"/api/payments/{id}/refund/", new { amount = 12_345, reason = "technical_issue" })).Status.ShouldBe(201);
        (await admin.PostAsync($"/api/payments/{id}/refund/")).Data.GetProperty("amount").GetInt64().ShouldBe(37_655);
        (await admin.PostAsync($"/api/payments/{id}/refund/", new { amount = 1 })).ErrorCode.ShouldBe("REFUND_TOO_MUCH");
        for (var i = 0; i < 4; i++)
        {
            await app.RunJobAsync("payments.send-refunds");
            app.Advance(TimeSpan.FromMinutes(5));
            await BringWebhooksAsync();
        }

        (await visit.Patient.GetAsync($"/api/payments/{id}/refunds/")).Rows.Select(r => r.GetProperty("status").GetString()).ShouldAllBe(s => s == "completed");
        (await visit.Patient.GetAsync($"/api/payments/{id}/")).Word("status").ShouldBe("refunded");
        (await app.PostedAsync(id, "refund")).ShouldBe(2);
        (await app.BalanceAsync($"doctor:{visit.Doctor.DoctorId}", currency)).ShouldBe(0);
        await BalancedAsync();
    }

    [Fact]
    public async Task What_another_host_took_over_is_told_by_that_one_alone()
    {
        using var visit = await app.VisitToPayAsync("NGN");
        using var admin = await app.AdminAsync();
        var id = await app.PaidAsync(visit, new { gateway = "paystack" });
        var refund = (await admin.PostAsync($"/api/payments/{id}/refund/", new { amount = 12_345 })).Id;
        var (mine, theirs) = (app.Now.AddMinutes(1), app.Now.AddMinutes(2));
        await app.SqlAsync("UPDATE payments.refunds SET try_at = $2 WHERE id = $1", refund, theirs);

        (await ToldAsync(mine)).ShouldBe(0L);
        (await ToldAsync(theirs)).ShouldBe(1L);
        (await ToldAsync(theirs)).ShouldBe(1L);

        async Task<object?> ToldAsync(DateTimeOffset claimed)
        {
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<RefundSender>().SendAsync(refund, claimed, CancellationToken.None);
            return await app.SqlAsync("SELECT count(*) FROM gateways.sandbox_refunds WHERE token = $1", refund.ToString("N"));
        }
    }

    [Fact]
    public async Task What_no_webhook_and_no_browser_told_is_found_out_by_asking()
    {
        using var visit = await app.VisitToPayAsync();
        var (id, checkout) = await visit.Patient.StartedAsync(visit.Id);
        var order = await app.OrderAsync(checkout);
        await app.PayAsync(order, "pay", "lost");

        (await visit.Patient.GetAsync($"/api/payments/{id}/")).Word("status").ShouldBe("processing");
        app.Advance(TimeSpan.FromMinutes(3));
        await app.RunJobAsync("payments.ask-gateways");
        await app.DeliverEventsAsync();

        (await visit.Patient.GetAsync($"/api/payments/{id}/")).Word("status").ShouldBe("completed");
        (await visit.Patient.GetAsync($"/api/appointments/{visit.Id}/")).Word("status").ShouldBe("confirmed");
    }

    [Fact]
    public async Task Who_is_declined_may_try_again_and_pays_once()
    {
        using var visit = await app.VisitToPayAsync();
        var (id, checkout) = await visit.Patient.StartedAsync(visit.Id);

        await app.AtTheSandboxAsync(checkout, "decline");
        await visit.Patient.PostAsync($"/api/payments/{id}/verify/");
        (await visit.Patient.GetAsync($"/api/payments/{id}/")).Word("status").ShouldBe("failed");
        (await app.AtTheSandboxAsync(checkout)).Text.ShouldContain("Thank you");

        (await visit.Patient.GetAsync($"/api/payments/{id}/")).Word("status").ShouldBe("completed");
        (await app.SqlAsync("SELECT count(*) FROM payments.attempts WHERE payment_id = $1", id)).ShouldBe(2L);
        (await app.PostedAsync(id)).ShouldBe(1);
    }

    [Fact]
    public async Task A_held_time_is_kept_for_who_pays_and_becomes_the_visit()
    {
        using var doctor = await app.PaidDoctorAsync();
        using var patient = await app.PatientAsync();
        using var rival = await app.PatientAsync();
        var slot = (await doctor.OfferAsync(app.Day(), 1))[0];
        var hold = (await patient.PostAsync("/api/appointments/holds/", new { time_slot_id = slot })).Id;
        var (_, checkout) = await patient.StartedAsync(hold);

        app.Advance(TimeSpan.FromMinutes(12));
        await app.RunJobAsync("scheduling.expire-waiting");
        (await rival.BookAsync(slot)).Status.ShouldBe(409);
        await app.AtTheSandboxAsync(checkout);
        await app.DeliverEventsAsync();

        var visit = await patient.GetAsync($"/api/appointments/{hold}/");
        (visit.Word("status"), visit.Word("payment_status")).ShouldBe(("confirmed", "paid"));
        (await patient.GetAsync($"/api/appointments/{hold}/history/")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Money_that_comes_when_the_time_is_lost_goes_back_whole_and_the_time_is_free()
    {
        using var doctor = await app.PaidDoctorAsync();
        using var patient = await app.PatientAsync();
        using var rival = await app.PatientAsync();
        var slot = (await doctor.OfferAsync(app.Day(), 1))[0];
        var hold = (await patient.PostAsync("/api/appointments/holds/", new { time_slot_id = slot })).Id;
        var (id, checkout) = await patient.StartedAsync(hold);
        var order = await app.OrderAsync(checkout);

        app.Advance(TimeSpan.FromMinutes(31));
        await app.RunJobAsync("scheduling.expire-waiting");
        await app.RunJobAsync("payments.expire");
        (await rival.BookAsync(slot)).Status.ShouldBe(201);
        await app.PayAsync(order, "pay", "normal");
        await BringWebhooksAsync();
        await app.RunJobAsync("payments.send-refunds");
        app.Advance(TimeSpan.FromMinutes(5));
        await app.RunJobAsync("payments.send-refunds");

        (await patient.GetAsync($"/api/payments/{id}/")).Word("status").ShouldBe("cancelled");
        (await app.BalanceAsync($"owed:{id}")).ShouldBe(0);
        var refund = (await patient.GetAsync($"/api/payments/{id}/refunds/")).Rows.Single();
        (refund.GetProperty("status").GetString(), refund.GetProperty("amount").GetInt64(), refund.GetProperty("is_surplus").GetBoolean()).ShouldBe(("completed", Takings.Fee, true));
        (await app.SqlAsync("SELECT kind FROM payments.discrepancies WHERE payment_id = $1", id)).ShouldBe("surplus");
        await BalancedAsync();
    }

    [Theory]
    [InlineData(60, 0)]
    [InlineData(1, 30)]
    public async Task Who_cancels_in_time_gets_all_back_and_who_cancels_late_pays_the_late_fee(int daysAhead, int kept)
    {
        using var visit = await VisitWithLateFeeAsync(daysAhead);
        var id = await app.PaidAsync(visit);
        await app.DeliverEventsAsync();

        (await visit.Patient.MoveAsync(visit.Id, "cancel")).Word("status").ShouldBe("cancelled");
        await app.DeliverEventsAsync();
        await SettledAsync();

        var payment = await visit.Patient.GetAsync($"/api/payments/{id}/");
        payment.Data.GetProperty("refunded_amount").GetInt64().ShouldBe(Takings.Fee * (100 - kept) / 100);
        payment.Word("status").ShouldBe(kept == 0 ? "refunded" : "partially_refunded");
        (await app.BalanceAsync($"doctor:{visit.Doctor.DoctorId}")).ShouldBe(-40_000 * kept / 100);
    }

    [Fact]
    public async Task What_was_paid_before_the_visit_was_called_off_and_is_heard_of_afterwards_goes_back_by_the_same_terms()
    {
        using var visit = await VisitWithLateFeeAsync(1);
        await app.SqlAsync(
            """
            CREATE FUNCTION public.hold_back() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.due_at := NEW.due_at + interval ''1 year''; RETURN NEW; END';
            CREATE TRIGGER hold_back BEFORE INSERT ON platform.outbox FOR EACH ROW WHEN (NEW.handler LIKE '%Paying.OnPaymentCaptured') EXECUTE FUNCTION public.hold_back()
            """);
        var id = await app.PaidAsync(visit);
        await app.SqlAsync("DROP FUNCTION public.hold_back CASCADE");

        (await visit.Patient.MoveAsync(visit.Id, "cancel")).Word("status").ShouldBe("cancelled");
        (await app.SqlAsync(
            """
            WITH heard AS (UPDATE platform.outbox SET due_at = due_at - interval '1 year' WHERE handler LIKE '%Paying.OnPaymentCaptured' RETURNING id)
            SELECT count(*) FROM heard
            """)).ShouldBe(1L);
        await app.DeliverEventsAsync();
        await SettledAsync();

        (await visit.Patient.GetAsync($"/api/payments/{id}/")).Data.GetProperty("refunded_amount").GetInt64().ShouldBe(Takings.Fee * 70 / 100);
    }

    [Fact]
    public async Task Whom_the_doctor_lets_down_gets_all_back_however_late()
    {
        using var visit = await VisitWithLateFeeAsync(1);
        var id = await app.PaidAsync(visit);

        (await visit.Doctor.MoveAsync(visit.Id, "cancel")).Status.ShouldBe(200);
        await app.DeliverEventsAsync();
        await SettledAsync();

        (await visit.Patient.GetAsync($"/api/payments/{id}/")).Word("status").ShouldBe("refunded");
        (await visit.Patient.GetAsync($"/api/payments/{id}/refunds/")).Rows.Single().GetProperty("reason").GetString().ShouldBe("doctor_unavailable");
    }

    [Fact]
    public async Task What_is_not_paid_in_time_is_called_off_and_can_be_begun_again()
    {
        using var visit = await app.VisitToPayAsync();
        var (id, checkout) = await visit.Patient.StartedAsync(visit.Id);
        (await visit.Patient.StartAsync(visit.Id)).ErrorDetails.GetProperty("payment_id").GetGuid().ShouldBe(id);

        app.Advance(TimeSpan.FromMinutes(31));
        await app.RunJobAsync("payments.expire");

        (await visit.Patient.GetAsync($"/api/payments/{id}/")).Word("status").ShouldBe("cancelled");
        (await app.Anonymous.AskAsync(checkout)).ErrorCode.ShouldBe("PAYMENT_CLOSED");
        await app.PaidAsync(visit);
    }

    [Fact]
    public async Task A_saved_method_is_charged_without_a_page_and_its_token_is_never_shown_nor_kept_in_clear()
    {
        using var visit = await app.VisitToPayAsync();
        var (_, checkout) = await visit.Patient.StartedAsync(visit.Id, new { save_method = true });
        await app.AtTheSandboxAsync(checkout, save: true);
        var method = (await visit.Patient.GetAsync("/api/payments/methods/")).Rows.Single();
        var next = await visit.Patient.BookedAsync((await visit.Doctor.OfferAsync(app.Day(31), 1))[0]);

        var started = await visit.Patient.StartAsync(next, new { saved_method_id = method.GetProperty("id").GetGuid() });
        started.Text.ShouldNotContain("checkout_url");
        (await visit.Patient.PostAsync($"/api/payments/{started.Id}/checkout/")).ErrorCode.ShouldBe("BEING_CHARGED");
        await app.RunJobAsync("payments.ask-gateways");

        (await visit.Patient.GetAsync($"/api/payments/{started.Id}/")).Word("status").ShouldBe("completed");
        method.GetProperty("last4").GetString()!.Length.ShouldBe(4);
        var token = (string)(await app.SqlAsync("SELECT saved_token FROM gateways.sandbox_payments WHERE saved_token IS NOT NULL ORDER BY created_at DESC LIMIT 1"))!;
        ((string)(await app.SqlAsync("SELECT string_agg(encode(token_sealed, 'escape'), '') FROM payments.saved_methods"))!).ShouldNotContain(token);
        using var stranger = await app.PatientAsync();
        (await stranger.DeleteAsync($"/api/payments/methods/{method.GetProperty("id").GetGuid()}/")).Status.ShouldBe(404);
        (await visit.Patient.DeleteAsync($"/api/payments/methods/{method.GetProperty("id").GetGuid()}/")).Status.ShouldBe(204);
    }

    [Fact]
    public async Task A_start_that_is_sent_again_with_its_key_begins_one_payment()
    {
        using var visit = await app.VisitToPayAsync();
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => visit.Patient.StartAsync(visit.Id, null, ("Idempotency-Key", "pay-1"))));

        replies.ShouldAllBe(r => r.Status == 201);
        replies.Select(r => r.Text).Distinct().Count().ShouldBe(1);
        (await visit.Patient.GetAsync("/api/payments/")).Total.ShouldBe(1);
    }

    [Fact]
    public async Task Razorpays_kit_opens_an_order_and_shows_what_it_signed()
    {
        using var visit = await app.VisitToPayAsync("INR");
        using var stranger = await app.PatientAsync();
        var order = await visit.Patient.PostAsync("/api/payments/razorpay/create-order/", new { kind = "appointment", id = visit.Id });
        var again = await visit.Patient.PostAsync("/api/payments/razorpay/create-order/", new { kind = "appointment", id = visit.Id });

        order.Status.ShouldBe(201, order.Text);
        again.Word("order_id").ShouldBe(order.Word("order_id"));
        var forged = new { razorpay_order_id = order.Word("order_id"), razorpay_payment_id = "pay_guess", razorpay_signature = new string('0', 64) };
        (await visit.Patient.PostAsync("/api/payments/razorpay/verify-payment/", forged)).Word("status").ShouldNotBe("completed");
        (await stranger.GetAsync($"/api/payments/razorpay/order-status/{order.Word("order_id")}/")).Status.ShouldBe(404);
        (await visit.Patient.GetAsync($"/api/payments/razorpay/order-status/{order.Word("order_id")}/")).Status.ShouldBe(200);
    }

    private async Task BringWebhooksAsync()
    {
        app.Advance(TimeSpan.FromSeconds(2));
        await app.RunJobAsync("payments.sandbox-webhooks");
        await app.DeliverEventsAsync();
    }

    // Who cancels it within two weeks pays three tenths.
    private async Task<PaidVisit> VisitWithLateFeeAsync(int daysAhead)
    {
        var (doctor, patient) = (await app.PaidDoctorAsync(), await app.PatientAsync());
        await doctor.KeepHoursAsync(doctor.DoctorId, new { cancellation_notice_minutes = 14 * 24 * 60, late_cancellation = "charged", late_fee_percent = 30, horizon_days = 90 });
        return new PaidVisit(doctor, patient, await patient.BookedAsync((await app.TimesAsync(doctor.DoctorId, app.Day(daysAhead)))[0]));
    }

    private async Task SettledAsync()
    {
        for (var i = 0; i < 3; i++)
        {
            await app.RunJobAsync("payments.send-refunds");
            app.Advance(TimeSpan.FromMinutes(5));
            await BringWebhooksAsync();
        }
    }

    private async Task BalancedAsync()
    {
        (await app.SqlAsync("SELECT count(*) FROM (SELECT FROM payments.entries GROUP BY currency HAVING sum(debit) <> sum(credit)) x")).ShouldBe(0L);
    }
}
