using Careline.Payments.Plans;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Payments.Plans;

public sealed class SubscriptionTests(PlanYear app) : IClassFixture<PlanYear>
{
    [Fact]
    public async Task After_a_free_trial_each_period_is_charged_once_though_the_job_runs_on_two_hosts()
    {
        var (patient, method) = await app.SavedAsync();
        var plan = await app.PlanAsync(30_000, trial: 14);
        var begun = await patient.SubscribeAsync(plan, method);
        (begun.Word("status"), begun.EndOf()).ShouldBe(("trialing", begun.Data.GetProperty("period_start").GetDateTimeOffset().AddDays(14)));
        await app.RenewAsync();
        (await patient.PlanPaymentsAsync()).ShouldBeEmpty();

        var first = begun.EndOf();
        for (var period = 1; period <= 3; period++)
        {
            app.Advance((await patient.SubscriptionAsync(begun.Id)).EndOf() - app.Now + TimeSpan.FromMinutes(1));
            await app.RenewAsync();

            var renewed = await patient.SubscriptionAsync(begun.Id);
            (renewed.Word("status"), renewed.EndOf()).ShouldBe(("active", first.AddMonths(period)));
            (await patient.PlanPaymentsAsync()).ShouldBe(Enumerable.Repeat(("completed", 30_000L), period));
        }

        (await patient.SubscriptionAsync(begun.Id)).Data.GetProperty("periods").GetArrayLength().ShouldBe(3);
        (await patient.PostAsync("/api/payments/subscriptions/", new { plan_id = plan })).ErrorCode.ShouldBe("SUBSCRIBED");
        patient.Dispose();
    }

    [Fact]
    public async Task A_declined_charge_is_tried_again_after_one_three_and_seven_days_and_then_the_plan_ends()
    {
        var (patient, method) = await app.SavedAsync();
        var id = (await patient.SubscribeAsync(await app.PlanAsync(30_017, trial: 1), method)).Id;
        app.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));

        foreach (var (pause, tries) in new[] { (0, 1), (1, 2), (2, 3), (4, 4) })
        {
            app.Advance(TimeSpan.FromDays(pause));
            await app.RenewAsync();
            (await patient.SubscriptionAsync(id)).Word("status").ShouldBe("past_due");
            (await patient.PlanPaymentsAsync()).Count.ShouldBe(tries);
            (await patient.ToldAsync("NGN 300.17")).ShouldBe(tries);
        }

        app.Advance(TimeSpan.FromDays(1));
        await app.RenewAsync();

        (await patient.SubscriptionAsync(id)).Word("status").ShouldBe("expired");
        (await patient.PlanPaymentsAsync()).ShouldAllBe(p => p.Status == "cancelled");
        (await patient.ToldAsync("has ended")).ShouldBe(1);
        app.Advance(TimeSpan.FromDays(60));
        await app.RenewAsync();
        (await patient.PlanPaymentsAsync()).Count.ShouldBe(4);
        patient.Dispose();
    }

    [Fact]
    public async Task Without_a_saved_method_each_period_is_paid_by_hand_and_who_is_late_loses_no_day()
    {
        var patient = await app.PatientAsync();
        var begun = await patient.SubscribeAsync(await app.PlanAsync(12_000, "quarter"));
        begun.Word("status").ShouldBe("pending");
        await app.AtTheSandboxAsync(new Uri(begun.Word("checkout_url")).PathAndQuery);
        await app.DeliverEventsAsync();
        var paid = await patient.SubscriptionAsync(begun.Id);
        (paid.Word("status"), paid.EndOf()).ShouldBe(("active", paid.Data.GetProperty("period_start").GetDateTimeOffset().AddMonths(3)));

        app.Advance(paid.EndOf() - app.Now + TimeSpan.FromMinutes(1));
        patient = await app.SignInAsync(patient.UserName);
        await app.RenewAsync();
        (await patient.ToldAsync("is to be paid")).ShouldBe(1);
        var due = await patient.SubscriptionAsync(begun.Id);
        due.Word("status").ShouldBe("past_due");
        app.Advance(TimeSpan.FromDays(1));
        await app.RenewAsync();
        (await patient.ToldAsync("is to be paid")).ShouldBe(2);
        await PayAsync(patient, due.Data.GetProperty("periods")[0].GetProperty("id").GetGuid());

        var renewed = await patient.SubscriptionAsync(begun.Id);
        (renewed.Word("status"), renewed.EndOf()).ShouldBe(("active", paid.Data.GetProperty("period_start").GetDateTimeOffset().AddMonths(6)));
        patient.Dispose();
    }

    [Fact]
    public async Task A_first_period_that_nobody_pays_is_not_to_be_paid_any_more_after_a_day()
    {
        using var patient = await app.PatientAsync();
        var plan = await app.PlanAsync(12_000);
        var begun = await patient.SubscribeAsync(plan);
        var period = begun.Data.GetProperty("periods")[0].GetProperty("id").GetGuid();
        app.Advance(TimeSpan.FromDays(1));
        await app.RenewAsync();

        (await patient.SubscriptionAsync(begun.Id)).Word("status").ShouldBe("expired");
        (await patient.PlanPaymentsAsync()).ShouldBe([("cancelled", 12_000L)]);
        (await patient.PostAsync("/api/payments/", new { kind = "subscription", id = period })).ErrorCode.ShouldBe("NOT_PAYABLE");
        (await patient.SubscribeAsync(plan)).Word("status").ShouldBe("pending");
    }

    [Fact]
    public async Task Money_for_a_period_that_is_over_goes_back_whole()
    {
        using var patient = await app.PatientAsync();
        var begun = await patient.SubscribeAsync(await app.PlanAsync(12_000));
        var order = await app.OrderAsync(new Uri(begun.Word("checkout_url")).PathAndQuery);
        (await patient.PostAsync($"/api/payments/subscriptions/{begun.Id}/cancel/")).Word("status").ShouldBe("cancelled");

        await app.PayAsync(order, "pay", "lost");
        app.Advance(TimeSpan.FromMinutes(5));
        await app.SettleAsync();
        await app.RunJobAsync("payments.send-refunds");

        (await patient.SubscriptionAsync(begun.Id)).Word("status").ShouldBe("cancelled");
        (await app.SqlAsync("SELECT sum(amount) FROM payments.refunds r WHERE payment_id IN (SELECT id FROM payments.payments WHERE payer_account_id = $1)", patient.UserId)).ShouldBe(12_000m);
    }

    [Fact]
    public async Task A_pause_keeps_the_days_that_are_left()
    {
        var (patient, id) = await app.MemberAsync(await app.PlanAsync(30_000));
        var path = $"/api/payments/subscriptions/{id}/";
        var end = (await patient.SubscriptionAsync(id)).EndOf();
        app.Advance(TimeSpan.FromDays(10));
        var paused = await patient.PostAsync($"{path}pause/");
        paused.Word("status").ShouldBe("paused");
        (await patient.PostAsync($"{path}pause/")).ErrorCode.ShouldBe("NOT_ACTIVE");

        app.Advance(TimeSpan.FromDays(40));
        await app.RenewAsync();
        var resumed = await patient.PostAsync($"{path}resume/");

        resumed.Word("status").ShouldBe("active");
        (resumed.EndOf() - end - TimeSpan.FromDays(40)).Duration().ShouldBeLessThan(TimeSpan.FromMinutes(1));
        (await patient.PlanPaymentsAsync()).Count.ShouldBe(1);
        app.Advance(resumed.EndOf() - app.Now + TimeSpan.FromMinutes(1));
        await app.RenewAsync();
        (await patient.SubscriptionAsync(id)).EndOf().ShouldBe(resumed.EndOf().AddMonths(1));
        (await patient.PlanPaymentsAsync()).Count.ShouldBe(2);
        patient.Dispose();
    }

    [Fact]
    public async Task Who_cancels_keeps_what_is_paid_may_take_it_back_and_is_charged_no_more()
    {
        var (patient, id) = await app.MemberAsync(await app.PlanAsync(30_000));
        var path = $"/api/payments/subscriptions/{id}/";
        (await patient.PostAsync($"{path}cancel/", new { at_once = true })).Status.ShouldBe(403);
        var cancelled = await patient.PostAsync($"{path}cancel/");
        (cancelled.Word("status"), cancelled.Data.GetProperty("cancels_at_end").GetBoolean()).ShouldBe(("active", true));
        (await patient.PostAsync($"{path}resume/")).Data.GetProperty("cancels_at_end").GetBoolean().ShouldBeFalse();
        (await patient.PostAsync($"{path}cancel/")).Status.ShouldBe(200);

        app.Advance(cancelled.EndOf() - app.Now + TimeSpan.FromMinutes(1));
        await app.RenewAsync();

        (await patient.SubscriptionAsync(id)).Word("status").ShouldBe("cancelled");
        (await patient.PlanPaymentsAsync()).ShouldBe([("completed", 30_000L)]);
        (await patient.PostAsync($"{path}resume/")).ErrorCode.ShouldBe("NOT_ACTIVE");
        patient.Dispose();
    }

    [Fact]
    public async Task An_administrator_ends_it_at_once_and_the_unused_days_go_back()
    {
        var (patient, id) = await app.MemberAsync(await app.PlanAsync(30_000));
        using var admin = await app.AdminAsync();
        var present = await patient.SubscriptionAsync(id);
        var whole = present.EndOf() - present.Data.GetProperty("period_start").GetDateTimeOffset();
        app.Advance(whole / 3);

        (await admin.PostAsync($"/api/payments/subscriptions/{id}/pause/")).Status.ShouldBe(403);
        (await admin.PostAsync($"/api/payments/subscriptions/{id}/cancel/", new { at_once = true })).Word("status").ShouldBe("cancelled");
        await app.RunJobAsync("payments.send-refunds");
        app.Advance(TimeSpan.FromMinutes(5));
        await app.RunJobAsync("payments.send-refunds");

        var payment = (await patient.GetAsync("/api/payments/?kind=subscription")).Rows.Single();
        payment.GetProperty("status").GetString().ShouldBe("partially_refunded");
        payment.GetProperty("refunded_amount").GetInt64().ShouldBeInRange(19_990, 20_000);
        patient.Dispose();
    }

    [Fact]
    public async Task What_was_given_back_whole_is_neither_paid_nor_given_back_again()
    {
        var (patient, id) = await app.MemberAsync(await app.PlanAsync(30_000));
        using var admin = await app.AdminAsync();
        var payment = (await patient.GetAsync("/api/payments/?kind=subscription")).Rows.Single();
        (await admin.PostAsync($"/api/payments/{payment.GetProperty("id").GetGuid()}/refund/")).Status.ShouldBe(201);
        for (var i = 0; i < 2; i++)
        {
            await app.RunJobAsync("payments.send-refunds");
            app.Advance(TimeSpan.FromMinutes(5));
        }

        await app.RunJobAsync("payments.send-refunds");
        (await patient.PlanPaymentsAsync()).ShouldBe([("refunded", 30_000L)]);
        (await patient.PostAsync("/api/payments/", new { kind = "subscription", id = payment.GetProperty("subject_id").GetGuid() })).ErrorCode.ShouldBe("ALREADY_PAID");
        (await admin.PostAsync($"/api/payments/subscriptions/{id}/cancel/", new { at_once = true })).Word("status").ShouldBe("cancelled");
        (await patient.GetAsync("/api/payments/refunds/")).Total.ShouldBe(1);
        patient.Dispose();
    }

    [Fact]
    public void Months_are_counted_from_the_first_day_and_a_short_one_shortens_no_other()
    {
        var plan = Plan.Of(Guid.CreateVersion7(), new PlanRequest("A", "A", 100, "NGN", PlanPeriod.Month), app.Now);
        var begun = new DateTimeOffset(2027, 1, 31, 9, 0, 0, TimeSpan.Zero);
        var subscription = Subscription.Begin(Guid.CreateVersion7(), Guid.CreateVersion7(), plan, 1, hasTrial: false, begun);

        foreach (var (month, day) in new[] { (2, 28), (3, 31), (4, 30), (5, 31) })
        {
            subscription.Renew(subscription.OpenNext(Guid.CreateVersion7(), begun), begun);
            subscription.PeriodEnd.ShouldBe(new DateTimeOffset(2027, month, day, 9, 0, 0, TimeSpan.Zero));
        }
    }

    private async Task PayAsync(Person payer, Guid period)
    {
        var payment = await payer.PostAsync("/api/payments/", new { kind = "subscription", id = period });
        payment.Status.ShouldBe(201, payment.Text);
        await app.AtTheSandboxAsync(new Uri(payment.Word("checkout_url")).PathAndQuery);
        await app.DeliverEventsAsync();
    }
}
