using Careline.Audit.Reading;

namespace Careline.Audit.Breaches;

/// <summary>A breach is dealt with.</summary>
/// <param name="Note">In words; needed where the authority, or patients at high risk, were not told.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CloseBreachRequest([StringLength(4000)] string? Note = null);

internal static class CloseBreach
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{id:guid}/close/", Handle).Named("CloseBreach", "Closes a breach that is dealt with.").ForRoles(ListEvents.Readers).VisibleAs<Breach>();

    private static async Task<Answer<BreachResponse>> Handle(
        Guid id, CloseBreachRequest? request, IfMatch ifMatch, Actor actor, CarelineDb db, IActorNames names, AuditTrail trail, CancellationToken ct)
    {
        var breach = await Breach.VisibleTo(db, actor).AsTracking().FirstOrDefaultAsync(b => b.Id == id, ct) ?? throw new NotFound();
        ifMatch.Check(breach);
        db.Add(breach.Close(request?.Note, actor.AccountId, db.Now));
        trail.About("breach", id).Because("operations").Changed("status");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await BreachResponse.ReadAsync(db, names, id, ct), "The breach is closed.");
    }
}
