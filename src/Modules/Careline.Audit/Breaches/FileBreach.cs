using Careline.Audit.Reading;

namespace Careline.Audit.Breaches;

internal static class FileBreach
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/", Handle).Named("FileBreach", "Enters a breach of personal data in the register.").ForRoles(ListEvents.Readers);

    private static async Task<CreatedAnswer<BreachResponse>> Handle(
        BreachRequest request, Actor actor, CarelineDb db, IActorNames names, AuditTrail trail, CancellationToken ct)
    {
        var now = db.Now;
        var filed = Breach.File(db.NewId(), request, actor.AccountId, now);
        db.Add(filed);
        db.Add(BreachEvent.Of(filed, BreachStep.Filed, actor.AccountId, now));
        trail.About("breach", filed.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Created(await BreachResponse.ReadAsync(db, names, filed.Id, ct), "The breach was filed.");
    }
}
