using Careline.Audit.Reading;

namespace Careline.Audit.Breaches;

/// <summary>
/// The register is read by administrators, which is recorded, but never as concerning the patients it names: a line in their access log would tell
/// of a breach before its notice does.
/// </summary>
internal static class ReadBreaches
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", List).Named("ListBreaches", "The register of breaches, the last discovered first.").ForRoles(ListEvents.Readers).WithFilters("status");
        routes.MapGet("/{id:guid}/", Get).Named("GetBreach", "One breach with its history.").ForRoles(ListEvents.Readers).VisibleAs<Breach>();
    }

    private static async Task<PageAnswer<BreachResponse>> List(ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var breaches = Breach.VisibleTo(db, actor);
        if (query.Enum<BreachStatus>("status") is { } status)
        {
            breaches = breaches.Where(b => b.Status == status);
        }

        var (_, descending) = query.Ordering("-discovered_at");
        breaches = descending
            ? breaches.OrderByDescending(b => b.DiscoveredAt).ThenByDescending(b => b.Id)
            : breaches.OrderBy(b => b.DiscoveredAt).ThenBy(b => b.Id);
        trail.Always().Because("operations");
        return Answer.Page(await query.PageAsync(breaches, BreachResponse.Projection(db.Now), ct));
    }

    private static async Task<Answer<BreachResponse>> Get(
        Guid id, Actor actor, CarelineDb db, IActorNames names, AuditTrail trail, CancellationToken ct)
    {
        var isThere = await Breach.VisibleTo(db, actor).AnyAsync(b => b.Id == id, ct);
        trail.About("breach", id).Always().Because("operations");
        return isThere ? Answer.Ok(await BreachResponse.ReadAsync(db, names, id, ct)) : throw new NotFound();
    }
}
