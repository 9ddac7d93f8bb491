using Careline.Audit.Reading;

namespace Careline.Audit.Breaches;

internal static class ChangeBreach
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPatch("/{id:guid}/", Handle).Named("ChangeBreach", "Adds to or corrects what is known of a breach.")
            .ForRoles(ListEvents.Readers).VisibleAs<Breach>().AcceptsMerge<BreachRequest>();

    private static async Task<Answer<BreachResponse>> Handle(
        Guid id, Merge<BreachRequest> patch, IfMatch ifMatch, Actor actor, CarelineDb db, IActorNames names, AuditTrail trail, CancellationToken ct)
    {
        var breach = await Breach.VisibleTo(db, actor).AsTracking().FirstOrDefaultAsync(b => b.Id == id, ct) ?? throw new NotFound();
        ifMatch.Check(breach);
        breach.Describe(await patch.OntoAsync(BreachRequest.Of(breach)), db.Now);
        var fields = ChangedFields.Of(db, breach);
        db.Add(BreachEvent.Of(breach, BreachStep.Changed, actor.AccountId, db.Now, fields: fields));
        trail.About("breach", id).Because("operations").Changed(fields);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await BreachResponse.ReadAsync(db, names, id, ct), "The breach was changed.");
    }
}
