using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Payments.Plans;

/// <summary>An application in which people stay signed in for long, and whose payment jobs run only when a test says so.</summary>
public sealed class PlanYear(TestCluster cluster) : TestApp(cluster)
{
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Tokens:AccessMinutes"] = "2000000",
        ["Tokens:RefreshDays"] = "1000",
        ["Accounts:StaffSessionHours"] = "9000",
        ["Accounts:PatientSessionHours"] = "9000",
        ["Accounts:StaffIdleMinutes"] = "100000",
        ["Accounts:PatientIdleMinutes"] = "100000",
    };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (var job in (string[])["renew-subscriptions", "ask-gateways", "expire", "send-refunds", "sandbox-webhooks", "reconcile"])
        {
            await SqlAsync("INSERT INTO platform.jobs (name, next_at) VALUES ($1, 'infinity') ON CONFLICT (name) DO UPDATE SET next_at = 'infinity'", $"payments.{job}");
        }
    }
}

/// <summary>What the tests of plans arrange in one phrase.</summary>
internal static class Memberships
{
    /// <summary>A plan.</summary>
    public static async Task<Guid> PlanAsync(this TestApp app, long amount, string period = "month", int trial = 0, decimal discount = 0, int seats = 1, string currency = "NGN")
    {
        using var admin = await app.AdminAsync();
        var made = await admin.PostAsync("/api/payments/plans/", new
        {
            code = $"P{Guid.CreateVersion7():N}"[..24],
            name = "Harbour Care",
            amount_minor = amount,
            currency,
            period,
            trial_days = trial,
            discount_percent = discount,
            seats,
        });
        made.Status.ShouldBe(201, made.Text);
        return made.Id;
    }

    /// <summary>Somebody who paid for a visit and let the gateway keep the card.</summary>
    public static async Task<(Person Patient, Guid Method)> SavedAsync(this TestApp app)
    {
        var visit = await app.VisitToPayAsync();
        var (_, checkout) = await visit.Patient.StartedAsync(visit.Id, new { save_method = true });
        await app.AtTheSandboxAsync(checkout, save: true);
        await app.DeliverEventsAsync();
        visit.Doctor.Dispose();
        return (visit.Patient, (await visit.Patient.GetAsync("/api/payments/methods/")).Rows.Single().GetProperty("id").GetGuid());
    }

    public static async Task<Reply> SubscribeAsync(this Person person, Guid plan, Guid? method = null)
    {
        var reply = await person.PostAsync("/api/payments/subscriptions/", new { plan_id = plan, saved_method_id = method });
        reply.Status.ShouldBe(201, reply.Text);
        return reply;
    }

    /// <summary>Somebody whose first period is paid by a saved card.</summary>
    public static async Task<(Person Patient, Guid Subscription)> MemberAsync(this TestApp app, Guid plan)
    {
        var (patient, method) = await app.SavedAsync();
        var id = (await patient.SubscribeAsync(plan, method)).Id;
        await app.SettleAsync();
        (await patient.SubscriptionAsync(id)).Word("status").ShouldBe("active");
        return (patient, id);
    }

    public static Task<Reply> SubscriptionAsync(this Person person, Guid id) => person.GetAsync($"/api/payments/subscriptions/{id}/");

    public static DateTimeOffset EndOf(this Reply subscription) => subscription.Data.GetProperty("period_end").GetDateTimeOffset();

    /// <summary>Renews what is due, and charges it.</summary>
    public static async Task RenewAsync(this TestApp app)
    {
        await Task.WhenAll(app.RunJobAsync("payments.renew-subscriptions"), app.RunJobAsync("payments.renew-subscriptions"));
        await app.SettleAsync();
        await app.RunJobAsync("payments.renew-subscriptions");
        await app.SettleAsync();
    }

    /// <summary>Lets the gateways charge, and what follows from it follow.</summary>
    public static async Task SettleAsync(this TestApp app)
    {
        await app.RunJobAsync("payments.ask-gateways");
        await app.DeliverEventsAsync();
    }

    /// <summary>The payments of somebody's plans, the oldest first: how each stands, and what it comes to.</summary>
    public static async Task<List<(string Status, long Amount)>> PlanPaymentsAsync(this Person person) =>
    [
        .. (await person.GetAsync("/api/payments/?kind=subscription&ordering=created_at&page_size=100")).Rows
            .Select(p => (p.GetProperty("status").GetString()!, p.GetProperty("amount").GetInt64())),
    ];

    /// <summary>How often somebody was told something.</summary>
    public static async Task<int> ToldAsync(this Person person, string words) =>
        (await person.GetAsync("/api/notifications/?page_size=100&mark_read=false")).Rows.Count(n => n.GetRawText().Contains(words, StringComparison.Ordinal));
}
