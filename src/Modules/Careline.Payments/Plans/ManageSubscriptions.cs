using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;

namespace Careline.Payments.Plans;

/// <summary>Whose it is moves it; administrators see all, and may end one.</summary>
internal static class ManageSubscriptions
{
    public static void Map(RouteGroupBuilder subscriptions)
    {
        subscriptions.MapGet("/", List).Named("ListSubscriptions", "Lists the caller's own subscriptions, newest first; all of them to administrators.").ForSignedIn()
            .WithFilters("status", "plan", "account");
        subscriptions.MapGet("/{id:guid}/", Get).Named("GetSubscription", "Shows a subscription with its periods.").ForSignedIn().VisibleAs<Subscription>();
        subscriptions.MapPost("/{id:guid}/pause/", Pause).Named("PauseSubscription", "Pauses a paid subscription; the days that are left are kept.").ForSignedIn().VisibleAs<Subscription>();
        subscriptions.MapPost("/{id:guid}/resume/", Resume).Named("ResumeSubscription", "Goes on after a pause, or takes back that it ends.").ForSignedIn().VisibleAs<Subscription>();
        subscriptions.MapPost("/{id:guid}/cancel/", Cancel).Named("CancelSubscription", "Ends a subscription with its period, or at once where nothing is paid.").ForSignedIn().VisibleAs<Subscription>();
    }

    /// <summary>The subscription, locked, for whose it is.</summary>
    public static async Task<Subscription> OwnAsync(CarelineDb db, Actor actor, Guid id, IfMatch ifMatch, CancellationToken ct)
    {
        var subscription = await LockAsync(db, actor, id, ifMatch, ct);
        return subscription.AccountId == actor.AccountId ? subscription : throw new PermissionDenied("Only whose it is can do this.");
    }

    /// <summary>Saves, and says how it stands.</summary>
    public static async Task<PlanSubscriptionResponse> SaveAsync(CarelineDb db, Guid id, AuditTrail trail, CancellationToken ct)
    {
        trail.About("subscription", id).Because("payment");
        await db.SaveChangesAsync(ct);
        return await db.Set<Subscription>().Where(s => s.Id == id).Select(PlanSubscriptionResponse.Of(db)).FirstAsync(ct) with { Periods = await PeriodsAsync(db, id, ct) };
    }

    private static async Task<PageAnswer<PlanSubscriptionResponse>> List(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var subscriptions = Subscription.VisibleTo(db, actor);
        subscriptions = query.Enums<SubscriptionStatus>("status") is { Count: > 0 } statuses ? subscriptions.Where(s => statuses.Contains(s.Status)) : subscriptions;
        subscriptions = query.Id("plan") is { } plan ? subscriptions.Where(s => s.PlanId == plan) : subscriptions;
        subscriptions = query.Id("account") is { } account ? subscriptions.Where(s => s.AccountId == account) : subscriptions;
        query.Ordering("-created_at");
        return Answer.Page(await query.PageAsync(subscriptions.OrderByDescending(s => s.Id), PlanSubscriptionResponse.Of(db), ct));
    }

    private static async Task<Answer<PlanSubscriptionResponse>> Get(Guid id, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var subscription = await Subscription.VisibleTo(db, actor).Where(s => s.Id == id).Select(PlanSubscriptionResponse.Of(db)).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        return Answer.Ok(subscription with { Periods = await PeriodsAsync(db, id, ct) });
    }

    private static async Task<Answer<PlanSubscriptionResponse>> Pause(Guid id, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        (await OwnAsync(db, actor, id, ifMatch, ct)).Pause(db.Now);
        return Answer.Ok(await SaveAsync(db, id, trail, ct), "Paused.");
    }

    private static async Task<Answer<PlanSubscriptionResponse>> Resume(Guid id, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        (await OwnAsync(db, actor, id, ifMatch, ct)).Resume(db.Now);
        return Answer.Ok(await SaveAsync(db, id, trail, ct), "It goes on.");
    }

    private static async Task<Answer<PlanSubscriptionResponse>> Cancel(
        Guid id, CancelSubscriptionRequest? request, IfMatch ifMatch, Actor actor, SubscriptionDesk desk, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var subscription = await LockAsync(db, actor, id, ifMatch, ct);
        if (request is { AtOnce: true } && !actor.IsAdmin)
        {
            throw new PermissionDenied("It ends with its period; an administrator can end it at once.");
        }

        if (request is { AtOnce: true })
        {
            await desk.GiveBackAsync(subscription, actor.AccountId, ct);
            await desk.EndAsync(subscription, SubscriptionStatus.Cancelled, ct);
        }
        else if (subscription.Status is SubscriptionStatus.Pending or SubscriptionStatus.PastDue)
        {
            await desk.EndAsync(subscription, SubscriptionStatus.Cancelled, ct);
        }
        else
        {
            subscription.CancelAtEnd(db.Now);
        }

        return Answer.Ok(await SaveAsync(db, id, trail, ct), "Cancelled.");
    }

    private static async Task<Subscription> LockAsync(CarelineDb db, Actor actor, Guid id, IfMatch ifMatch, CancellationToken ct)
    {
        if (!await Subscription.VisibleTo(db, actor).AnyAsync(s => s.Id == id, ct))
        {
            throw new NotFound();
        }

        var subscription = await Subscription.LockAsync(db, id, ct);
        ifMatch.Check(subscription);
        return subscription;
    }

    private static Task<List<SubscriptionPeriodResponse>> PeriodsAsync(CarelineDb db, Guid id, CancellationToken ct) => db.Set<SubscriptionPeriod>()
        .Where(p => p.SubscriptionId == id).OrderByDescending(p => p.StartsAt).ThenByDescending(p => p.Id).Take(100).Select(SubscriptionPeriodResponse.Of).ToListAsync(ct);
}
