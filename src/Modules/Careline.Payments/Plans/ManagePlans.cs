using System.Linq.Expressions;
using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;

namespace Careline.Payments.Plans;

/// <summary>A plan.</summary>
/// <param name="Id">The plan.</param>
/// <param name="Code">Short and unique.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Description">What it holds.</param>
/// <param name="AmountMinor">The price of a period, in minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Period">How long that is.</param>
/// <param name="TrialDays">Days at the beginning that cost nothing.</param>
/// <param name="Seats">For how many people it is.</param>
/// <param name="DiscountPercent">What visits cost its members less.</param>
/// <param name="IsActive">Whether one can subscribe.</param>
/// <param name="Version">Raised by every change.</param>
public sealed record PlanResponse(
    Guid Id, string Code, string Name, string? Description, long AmountMinor, string Currency, PlanPeriod Period, int TrialDays, int Seats, decimal DiscountPercent, bool IsActive,
    int Version) : IVersioned
{
    internal static Expression<Func<Plan, PlanResponse>> Of { get; } = p => new PlanResponse(
        p.Id, p.Code, p.Name, p.Description, p.AmountMinor, p.Currency, p.Period, p.TrialDays, p.Seats, p.DiscountPercent, p.IsActive, p.Version);
}

internal static class ManagePlans
{
    private const string Why = "Prices are public; who changes them, the role says.";

    public static void Map(RouteGroupBuilder plans)
    {
        plans.MapGet("/", List).Named("ListPlans", "Lists the plans that one can subscribe to, the cheapest first.").ForAnyone("Prices are public.").WithFilters("period", "currency");
        plans.MapGet("/{id:guid}/", Get).Named("GetPlan", "Shows one plan.").ForAnyone("Prices are public.").OpenToAll(Why);
        plans.MapPost("/", Add).Named("AddPlan", "Makes a plan.").ForRoles(Roles.Administrators);
        plans.MapPut("/{id:guid}/", Replace).Named("ReplacePlan", "Changes a plan for who subscribes from now on.").ForRoles(Roles.Administrators).OpenToAll(Why);
        plans.MapDelete("/{id:guid}/", Withdraw).Named("WithdrawPlan", "Withdraws a plan; who subscribed keeps it.").ForRoles(Roles.Administrators).OpenToAll(Why);
    }

    private static async Task<PageAnswer<PlanResponse>> List(ListQuery query, Actor? actor, CarelineDb db, CancellationToken ct)
    {
        var plans = VisibleTo(db, actor);
        plans = query.Enum<PlanPeriod>("period") is { } period ? plans.Where(p => p.Period == period) : plans;
        plans = query.Text("currency", 3) is { } currency ? plans.Where(p => p.Currency == currency) : plans;
        query.Ordering("amount_minor");
        return Answer.Page(await query.PageAsync(plans.OrderBy(p => p.AmountMinor).ThenBy(p => p.Id), PlanResponse.Of, ct));
    }

    private static async Task<Answer<PlanResponse>> Get(Guid id, Actor? actor, CarelineDb db, CancellationToken ct) =>
        Answer.Ok(await VisibleTo(db, actor).Where(p => p.Id == id).Select(PlanResponse.Of).FirstOrDefaultAsync(ct) ?? throw new NotFound());

    private static async Task<CreatedAnswer<PlanResponse>> Add(PlanRequest request, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var plan = Plan.Of(db.NewId(), request, db.Now);
        db.Add(plan);
        return Answer.Created(await SaveAsync(db, plan, trail, ct), "Plan made.");
    }

    private static async Task<Answer<PlanResponse>> Replace(Guid id, PlanRequest request, IfMatch ifMatch, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var plan = await LockAsync(db, id, ct);
        ifMatch.Check(plan);
        plan.Replace(request, db.Now);
        return Answer.Ok(await SaveAsync(db, plan, trail, ct), "Plan changed.");
    }

    private static async Task<DeletedAnswer> Withdraw(Guid id, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var plan = await LockAsync(db, id, ct);
        plan.Withdraw(db.Now);
        await SaveAsync(db, plan, trail, ct);
        return Answer.Deleted();
    }

    private static async Task<PlanResponse> SaveAsync(CarelineDb db, Plan plan, AuditTrail trail, CancellationToken ct)
    {
        trail.About("plan", plan.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return PlanResponse.Of.Compile()(plan);
    }

    private static IQueryable<Plan> VisibleTo(CarelineDb db, Actor? actor) => actor?.IsAdmin == true ? db.Set<Plan>() : db.Set<Plan>().Where(p => p.IsActive);

    private static async Task<Plan> LockAsync(CarelineDb db, Guid id, CancellationToken ct) =>
        await db.Set<Plan>().FromSql($"SELECT * FROM payments.plans WHERE id = {id} FOR NO KEY UPDATE").AsTracking().FirstOrDefaultAsync(ct) ?? throw new NotFound();
}
