using System.Text.Json;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Payments.Plans;

/// <summary>What plans are, whose a subscription is, and how it changes to another plan.</summary>
public sealed class PlanTests(PlanYear app) : IClassFixture<PlanYear>
{
    [Fact]
    public async Task A_dearer_plan_holds_when_the_difference_for_the_days_that_are_left_is_paid()
    {
        var (small, large) = (await app.PlanAsync(30_000), await app.PlanAsync(90_000));
        var (patient, id) = await app.MemberAsync(small);
        var present = await patient.SubscriptionAsync(id);
        var whole = present.EndOf() - present.Data.GetProperty("period_start").GetDateTimeOffset();
        app.Advance(whole / 2);

        (await ChangeAsync(patient, id, large)).Data.GetProperty("plan_id").GetGuid().ShouldBe(small);
        await app.SettleAsync();

        var changed = await patient.SubscriptionAsync(id);
        (changed.Data.GetProperty("plan_id").GetGuid(), changed.Data.GetProperty("amount_minor").GetInt64(), changed.EndOf()).ShouldBe((large, 90_000, present.EndOf()));
        (await patient.PlanPaymentsAsync())[1].Amount.ShouldBeInRange(29_990, 30_000);
        app.Advance(present.EndOf() - app.Now + TimeSpan.FromMinutes(1));
        await app.RenewAsync();
        (await patient.PlanPaymentsAsync())[2].ShouldBe(("completed", 90_000));
        patient.Dispose();
    }

    [Fact]
    public async Task A_cheaper_plan_begins_with_the_next_period_and_can_be_taken_back_until_then()
    {
        var (small, large) = (await app.PlanAsync(30_000), await app.PlanAsync(600_000, "year"));
        var (patient, id) = await app.MemberAsync(large);
        (await ChangeAsync(patient, id, small)).Data.GetProperty("next_plan_id").GetGuid().ShouldBe(small);
        (await ChangeAsync(patient, id, large)).Data.GetProperty("next_plan_id").ValueKind.ShouldBe(JsonValueKind.Null);
        var end = (await ChangeAsync(patient, id, small)).EndOf();

        app.Advance(end - app.Now + TimeSpan.FromMinutes(1));
        patient = await app.SignInAsync(patient.UserName);
        await app.RenewAsync();

        var changed = await patient.SubscriptionAsync(id);
        (changed.Data.GetProperty("plan_id").GetGuid(), changed.EndOf()).ShouldBe((small, end.AddMonths(1)));
        (await patient.PlanPaymentsAsync()).ShouldBe([("completed", 600_000), ("completed", 30_000)]);
        patient.Dispose();
    }

    [Fact]
    public async Task A_dearer_plan_that_is_paid_by_hand_may_be_chosen_again_until_it_is_paid()
    {
        var (small, large) = (await app.PlanAsync(30_000), await app.PlanAsync(90_000));
        using var patient = await app.PatientAsync();
        var begun = await patient.SubscribeAsync(small);
        await app.AtTheSandboxAsync(new Uri(begun.Word("checkout_url")).PathAndQuery);
        await app.DeliverEventsAsync();

        (await ChangeAsync(patient, begun.Id, large)).Word("checkout_url").ShouldNotBeEmpty();
        var again = await ChangeAsync(patient, begun.Id, large);
        (await patient.PostAsync("/api/payments/subscriptions/", new { plan_id = large })).ErrorCode.ShouldBe("SUBSCRIBED");
        await app.AtTheSandboxAsync(new Uri(again.Word("checkout_url")).PathAndQuery);
        await app.DeliverEventsAsync();

        (await patient.SubscriptionAsync(begun.Id)).Data.GetProperty("plan_id").GetGuid().ShouldBe(large);
        (await patient.PlanPaymentsAsync()).Select(p => p.Status).ShouldBe(["completed", "cancelled", "completed"]);
    }

    [Fact]
    public async Task Prices_are_public_and_administrators_set_them_for_who_comes_later()
    {
        using var admin = await app.AdminAsync();
        var (patient, id) = await app.MemberAsync(await app.PlanAsync(30_000));
        var plan = (await patient.SubscriptionAsync(id)).Data.GetProperty("plan_id").GetGuid();
        var kept = await app.Anonymous.AskAsync($"/api/payments/plans/{plan}/");
        var body = new { code = kept.Word("code"), name = "Dearer", amount_minor = 99_000, currency = "NGN", period = "month" };

        (await patient.PutAsync($"/api/payments/plans/{plan}/", body)).Status.ShouldBe(403);
        (await admin.PutAsync($"/api/payments/plans/{plan}/", body, ("If-Match", "\"7\""))).Status.ShouldBe(412);
        (await admin.PutAsync($"/api/payments/plans/{plan}/", body, ("If-Match", kept.ETag!))).Data.GetProperty("amount_minor").GetInt64().ShouldBe(99_000);
        (await admin.PostAsync("/api/payments/plans/", body)).ErrorCode.ShouldBe("CODE_TAKEN");
        (await admin.PostAsync("/api/payments/plans/", new { body.code, body.name, amount_minor = -5, body.currency, body.period })).Status.ShouldBe(400);
        (await patient.SubscriptionAsync(id)).Data.GetProperty("amount_minor").GetInt64().ShouldBe(30_000);
        (await admin.DeleteAsync($"/api/payments/plans/{plan}/")).Status.ShouldBe(204);
        (await app.Anonymous.AskAsync($"/api/payments/plans/{plan}/")).Status.ShouldBe(404);
        (await app.Anonymous.AskAsync("/api/payments/plans/?page_size=100")).Rows.ShouldNotContain(p => p.GetProperty("id").GetGuid() == plan);
        (await admin.GetAsync($"/api/payments/plans/{plan}/")).Data.GetProperty("is_active").GetBoolean().ShouldBeFalse();
        patient.Dispose();
    }

    [Fact]
    public async Task A_subscription_is_its_persons_and_nobody_elses()
    {
        var (patient, id) = await app.MemberAsync(await app.PlanAsync(30_000, seats: 2));
        using var stranger = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        var path = $"/api/payments/subscriptions/{id}/";
        var period = (await patient.SubscriptionAsync(id)).Data.GetProperty("periods")[0].GetProperty("id").GetGuid();
        var method = (await patient.GetAsync("/api/payments/methods/")).Rows.Single().GetProperty("id").GetGuid();

        (await stranger.GetAsync(path)).Status.ShouldBe(404);
        (await stranger.GetAsync("/api/payments/subscriptions/")).Total.ShouldBe(0);
        foreach (var move in (string[])["pause", "resume", "cancel", "change"])
        {
            (await stranger.PostAsync($"{path}{move}/", new { })).Status.ShouldBe(404);
        }

        (await stranger.PostAsync("/api/payments/", new { kind = "subscription", id = period })).Status.ShouldBe(404);
        (await stranger.PostAsync("/api/payments/subscriptions/", new { plan_id = await app.PlanAsync(100), saved_method_id = method })).Status.ShouldBe(404);
        (await stranger.PostAsync("/api/payments/subscriptions/", new { plan_id = await app.PlanAsync(100, seats: 2), seats = 3 })).ErrorCode.ShouldBe("TOO_MANY_SEATS");
        (await patient.PostAsync("/api/payments/subscriptions/", new { plan_id = await app.PlanAsync(100, currency: "INR"), saved_method_id = method })).ErrorCode.ShouldBe("METHOD_NOT_SUITABLE");
        (await patient.PostAsync("/api/payments/", new { kind = "subscription", id = period })).ErrorCode.ShouldBe("ALREADY_PAID");
        (await ChangeAsync(patient, id, await app.PlanAsync(100, currency: "USD"))).ErrorCode.ShouldBe("CURRENCY_DIFFERS");
        (await admin.GetAsync($"/api/payments/subscriptions/?account={patient.UserId}&status=active,paused")).Rows.Single().GetProperty("id").GetGuid().ShouldBe(id);
        patient.Dispose();
    }

    [Fact]
    public async Task Visits_cost_members_less_for_as_many_people_as_the_plan_has_seats()
    {
        using var visit = await app.VisitToPayAsync();
        (await visit.Patient.SubscribeAsync(await app.PlanAsync(30_000, trial: 30, discount: 20))).Word("status").ShouldBe("trialing");

        var payment = await visit.Patient.StartAsync(visit.Id, new { method = "cash" });

        payment.Data.GetProperty("amount").GetInt64().ShouldBe(Takings.Fee * 8 / 10);
        var child = await visit.Patient.PostAsync("/api/patients/me/dependants/", new { first_name = "Little", last_name = "One", date_of_birth = "2020-05-17", gender = "female", relation = "child" });
        child.Status.ShouldBe(201, child.Text);
        var slot = (await visit.Doctor.OfferAsync(app.Day(31), 1))[0];
        var other = await visit.Patient.PostAsync("/api/appointments/", new { time_slot_id = slot, patient_id = child.Id, reason = "Cough" });
        other.Status.ShouldBe(201, other.Text);
        (await visit.Patient.StartAsync(other.Id, new { method = "cash" })).Data.GetProperty("amount").GetInt64().ShouldBe(Takings.Fee);
    }

    private static Task<Reply> ChangeAsync(Person person, Guid subscription, Guid plan) =>
        person.PostAsync($"/api/payments/subscriptions/{subscription}/change/", new { plan_id = plan });
}
