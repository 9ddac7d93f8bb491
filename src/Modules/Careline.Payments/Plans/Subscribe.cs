using Careline.Audit.Contracts;
using Careline.Payments.Methods;
using Careline.Payments.Payments;

namespace Careline.Payments.Plans;

/// <summary>What somebody subscribes to.</summary>
/// <param name="PlanId">The plan.</param>
/// <param name="SavedMethodId">What is charged for each period; without it each is paid by hand.</param>
/// <param name="Seats">For how many people, at most as many as the plan has; all of them where it is absent.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SubscribeToPlanRequest(Guid PlanId, Guid? SavedMethodId = null, [Range(1, 100)] int? Seats = null);

/// <summary>What changes.</summary>
/// <param name="PlanId">Another plan of the same currency; the present one takes back a change that has not come yet.</param>
/// <param name="SavedMethodId">Another method to charge.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ChangeSubscriptionRequest(Guid? PlanId = null, Guid? SavedMethodId = null);

/// <summary>How it ends.</summary>
/// <param name="AtOnce">Now, and what was paid for the days that are left goes back; for administrators.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CancelSubscriptionRequest(bool AtOnce = false);

/// <summary>Begins and changes subscriptions. What is to be paid at once is charged to the saved method, or the answer says where to pay it.</summary>
internal static class Subscribe
{
    public static void Map(RouteGroupBuilder subscriptions)
    {
        subscriptions.MapPost("/", Begin).Named("SubscribeToPlan", "Subscribes to a plan: on trial where it has one, or with the first period to be paid.").ForSignedIn();
        subscriptions.MapPost("/{id:guid}/change/", Change)
            .Named("ChangeSubscription", "Takes another plan, at once for the difference or with the next period, or another method to charge.").ForSignedIn().VisibleAs<Subscription>();
    }

    private static async Task<CreatedAnswer<PlanSubscriptionResponse>> Begin(
        SubscribeToPlanRequest request, Actor actor, SubscriptionDesk desk, Till till, Cashiers cashiers, CarelineDb db, AuditTrail trail, HttpContext http, CancellationToken ct)
    {
        var plan = await PlanAsync(db, actor, request.PlanId, null, ct);
        if (request.Seats > plan.Seats)
        {
            throw new RuleViolation("TOO_MANY_SEATS", "The plan is for fewer people.", new { seats = plan.Seats });
        }

        await CheckMethodAsync(db, actor, cashiers, request.SavedMethodId, plan.Currency, ct);
        var hasTrial = plan.TrialDays > 0 && !await db.Set<Subscription>().AnyAsync(s => s.AccountId == actor.AccountId && s.PlanId == plan.Id, ct);
        var subscription = Subscription.Begin(db.NewId(), actor.AccountId, plan, request.Seats ?? plan.Seats, hasTrial, db.Now);
        if (request.SavedMethodId is { } method)
        {
            subscription.PayBy(method, db.Now);
        }

        db.Add(subscription);
        var link = hasTrial ? null : await ChargeAsync(await desk.OpenNextAsync(subscription, ct), request.SavedMethodId, till, db, actor, http, ct);
        return Answer.Created(await ManageSubscriptions.SaveAsync(db, subscription.Id, trail, ct) with { CheckoutUrl = link }, "Subscribed.");
    }

    private static async Task<Answer<PlanSubscriptionResponse>> Change(
        Guid id, ChangeSubscriptionRequest request, IfMatch ifMatch, Actor actor, SubscriptionDesk desk, Till till, Cashiers cashiers, CarelineDb db, AuditTrail trail,
        HttpContext http, CancellationToken ct)
    {
        var subscription = await ManageSubscriptions.OwnAsync(db, actor, id, ifMatch, ct);
        await CheckMethodAsync(db, actor, cashiers, request.SavedMethodId, subscription.Currency, ct);
        if (request.SavedMethodId is { } method)
        {
            subscription.PayBy(method, db.Now);
        }

        string? link = null;
        if (request.PlanId is { } planId)
        {
            subscription.CheckChangeable();
            var plan = planId == subscription.PlanId ? await db.Set<Plan>().FirstAsync(p => p.Id == planId, ct) : await PlanAsync(db, actor, planId, id, ct);
            if (plan.Currency != subscription.Currency)
            {
                throw new RuleViolation("CURRENCY_DIFFERS", "That plan is paid in another currency: subscribe to it anew.", new { currency = plan.Currency });
            }

            link = await desk.ChangeAsync(subscription, plan, ct) is { } rest ? await ChargeAsync(rest, subscription.SavedMethodId, till, db, actor, http, ct) : null;
        }

        return Answer.Ok(await ManageSubscriptions.SaveAsync(db, id, trail, ct) with { CheckoutUrl = link }, "Changed.");
    }

    private static async Task<string?> ChargeAsync(
        SubscriptionPeriod period, Guid? methodId, Till till, CarelineDb db, Actor actor, HttpContext http, CancellationToken ct)
    {
        // A method that was removed since is not asked for: the payer chooses at the gateway.
        var saved = await SavedMethod.VisibleTo(db, actor).Where(m => m.Id == methodId).Select(m => (Guid?)m.Id).FirstOrDefaultAsync(ct);
        var (_, link) = await till.StartAsync(new StartPaymentRequest(PayableKind.Subscription, period.Id, SavedMethodId: saved), actor, ct);
        return link is null || saved is not null ? null : PaymentLinks.Of(http.Request, link);
    }

    // The index is the proof; a plan that another subscription is about to have counts too.
    private static async Task<Plan> PlanAsync(CarelineDb db, Actor actor, Guid id, Guid? changing, CancellationToken ct)
    {
        var plan = await db.Set<Plan>().FirstOrDefaultAsync(p => p.Id == id && p.IsActive, ct) ?? throw new NotFound();
        var has = await db.Set<Subscription>().Where(s => s.AccountId == actor.AccountId && s.Id != changing && s.Status != SubscriptionStatus.Cancelled && s.Status != SubscriptionStatus.Expired
            && (s.PlanId == id || s.NextPlanId == id
                || db.Set<SubscriptionPeriod>().Any(p => p.SubscriptionId == s.Id && p.PlanId == id && p.Status == PeriodStatus.Due && p.IsAdjustment)))
            .Select(s => (Guid?)s.Id).FirstOrDefaultAsync(ct);
        return has is null ? plan : throw new RuleViolation("SUBSCRIBED", "There is a subscription to this plan already.", new { subscription_id = has });
    }

    private static async Task CheckMethodAsync(CarelineDb db, Actor actor, Cashiers cashiers, Guid? id, string currency, CancellationToken ct)
    {
        if (id is { } named)
        {
            var method = await SavedMethod.VisibleTo(db, actor).FirstOrDefaultAsync(m => m.Id == named, ct) ?? throw new NotFound();
            if (!cashiers.For(currency, []).Contains(method.Gateway))
            {
                throw new RuleViolation("METHOD_NOT_SUITABLE", $"This method does not pay {currency}.");
            }
        }
    }
}
