using Careline.Analytics.Dashboard;
using Careline.Analytics.Figures;
using Careline.Audit.Contracts;

namespace Careline.Analytics.Targets;

/// <summary>What a figure should come to.</summary>
/// <param name="Value">At least so much, or at most, as the figure is better high or low.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TargetRequest([Range(-1_000_000_000.0, 1_000_000_000.0)] decimal Value);

/// <summary>A key performance indicator: a figure beside its target.</summary>
/// <param name="Name">The figure.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Definition">How it is counted, in words.</param>
/// <param name="IsHigherBetter">Whether the target is a floor; else it is a ceiling.</param>
/// <param name="Value">What it comes to; null where there is nothing to count, or too few people to show.</param>
/// <param name="Previous">What it came to in as many days before.</param>
/// <param name="Target">What it should come to; null where nobody said.</param>
/// <param name="IsMet">Whether it does; null where either is missing.</param>
public sealed record KpiResponse(
    string Name,
    FigureUnit Unit,
    string Definition,
    bool IsHigherBetter,
    decimal? Value,
    decimal? Previous,
    decimal? Target,
    bool? IsMet);

/// <summary>A target that was set at some time.</summary>
/// <param name="Value">What the figure should come to.</param>
/// <param name="SetBy">Who said so.</param>
/// <param name="SetAt">When.</param>
/// <param name="EndedAt">Until when it held; null for the present one.</param>
public sealed record TargetHistory(decimal Value, Guid SetBy, DateTimeOffset SetAt, DateTimeOffset? EndedAt);

/// <summary>Figures beside their targets. The platform's are set by its administrators, a clinic's by who runs it; a single doctor has none.</summary>
internal static class ManageTargets
{
    public static void Map(RouteGroupBuilder analytics)
    {
        analytics.MapGet("/kpis/", List).Named("ListKpis", "Every figure beside its target, for start_date to end_date.")
            .ForRoles(Scope.Askers).WithFilters(["clinic", .. Period.Names]).LimitedAsAnalytics();
        analytics.MapPut("/kpis/{figure}/target/", Set).Named("SetKpiTarget", "Says what a figure of the platform or of a clinic should come to.")
            .ForRoles(Scope.Askers).WithFilters("clinic");
        analytics.MapDelete("/kpis/{figure}/target/", End).Named("EndKpiTarget", "Takes a target back.").ForRoles(Scope.Askers).WithFilters("clinic");
        analytics.MapGet("/kpis/{figure}/target/history/", History).Named("ListKpiTargets", "Which targets a figure has had, newest first.")
            .ForRoles(Scope.Askers).WithFilters("clinic");
    }

    private static async Task<Answer<IReadOnlyList<KpiResponse>>> List(ListQuery query, Actor actor, CarelineDb db, DashboardDesk desk, CancellationToken ct)
    {
        var clinic = query.Id("clinic");
        var days = Period.Of(query, db);
        var scope = await Scope.OfAsync(db, actor, clinic, null, ct);
        var isOfDoctor = scope.Kind == ScopeKind.Doctor;
        var targets = await db.Set<Target>().Where(t => !isOfDoctor && t.ScopeId == scope.Id && t.EndedAt == null).ToDictionaryAsync(t => t.Figure, t => t.Value, ct);
        var figures = (await desk.ReadAsync(scope, days, ct)).Figures;
        return Answer.Ok<IReadOnlyList<KpiResponse>>(
        [
            .. from figure in figures
               join definition in FigureCatalogue.All on figure.Name equals definition.Name
               let target = targets.TryGetValue(figure.Name, out var value) ? value : (decimal?)null
               select new KpiResponse(
                   figure.Name,
                   figure.Unit,
                   figure.Definition,
                   definition.IsHigherBetter,
                   figure.Value,
                   figure.Previous,
                   target,
                   target is null || figure.Value is null ? null : definition.IsHigherBetter ? figure.Value >= target : figure.Value <= target),
        ]);
    }

    private static async Task<Answer<TargetHistory>> Set(
        string figure, TargetRequest request, ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var scope = await RunAsync(figure, query, actor, db, ct);
        await EndAsync(db, scope, figure, ct);
        var target = Target.Of(db.NewId(), scope.Id, figure, request.Value, actor.AccountId, db.Now);
        db.Add(target);
        trail.About("kpi_target", target.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(new TargetHistory(target.Value, target.SetBy, target.SetAt, null), "Target set.");
    }

    private static async Task<DeletedAnswer> End(string figure, ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var scope = await RunAsync(figure, query, actor, db, ct);
        trail.About("kpi_target", await EndAsync(db, scope, figure, ct) ?? throw new NotFound()).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }

    private static async Task<PageAnswer<TargetHistory>> History(string figure, ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var scope = await RunAsync(figure, query, actor, db, ct);
        query.Ordering("-set_at");
        return Answer.Page(await query.PageAsync(
            db.Set<Target>().Where(t => t.ScopeId == scope.Id && t.Figure == figure).OrderByDescending(t => t.SetAt).ThenBy(t => t.Id),
            t => new TargetHistory(t.Value, t.SetBy, t.SetAt, t.EndedAt),
            ct));
    }

    // Two who set one at the same moment wait for each other: the lock is that of the scope and figure.
    private static async Task<Guid?> EndAsync(CarelineDb db, Scope scope, string figure, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('analytics.target.' || {scope.Id}::text || {figure}, 0))", ct);
        var present = await db.Set<Target>().AsTracking().FirstOrDefaultAsync(t => t.ScopeId == scope.Id && t.Figure == figure && t.EndedAt == null, ct);
        present?.End(db.Now);
        await db.SaveChangesAsync(ct);
        return present?.Id;
    }

    private static async Task<Scope> RunAsync(string figure, ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var clinic = query.Id("clinic");
        query.Check();
        var scope = await Scope.OfAsync(db, actor, clinic, null, ct);
        if (!scope.SeesAll || scope.Kind == ScopeKind.Doctor)
        {
            throw new PermissionDenied("Targets are set by those who run a clinic or the platform.");
        }

        return FigureCatalogue.Of(scope).Any(f => f.Name == figure) ? scope : throw new NotFound();
    }
}
