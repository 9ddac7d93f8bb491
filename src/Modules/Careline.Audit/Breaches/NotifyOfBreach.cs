using Careline.Audit.Reading;

namespace Careline.Audit.Breaches;

/// <summary>Somebody was told of a breach.</summary>
/// <param name="Who">authority, patients, media.</param>
/// <param name="At">When; now unless given. Between the discovery and now.</param>
/// <param name="Note">How, and under which number the other side keeps it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BreachNoticeRequest(BreachAudience Who, DateTimeOffset? At = null, [StringLength(4000)] string? Note = null);

/// <summary>Enters that somebody was told. Careline sends nothing itself: the notice goes the way that the authority asks for.</summary>
internal static class NotifyOfBreach
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{id:guid}/notify/", Handle).Named("NotifyOfBreach", "Enters that the authority, the patients or the media were told of a breach.")
            .ForRoles(ListEvents.Readers).VisibleAs<Breach>();

    private static async Task<Answer<BreachResponse>> Handle(
        Guid id, BreachNoticeRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, IActorNames names, AuditTrail trail, CancellationToken ct)
    {
        var breach = await Breach.VisibleTo(db, actor).AsTracking().FirstOrDefaultAsync(b => b.Id == id, ct) ?? throw new NotFound();
        ifMatch.Check(breach);
        var now = db.Now;
        db.Add(breach.Notify(new BreachNotice(request.Who, request.At ?? now, request.Note), actor.AccountId, now));
        trail.About("breach", id).Because("operations").Changed(ChangedFields.Of(db, breach));
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await BreachResponse.ReadAsync(db, names, id, ct), "The notice was entered.");
    }
}
