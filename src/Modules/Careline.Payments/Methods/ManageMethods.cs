using System.Linq.Expressions;
using Careline.Audit.Contracts;
using Careline.Gateways.Contracts;

namespace Careline.Payments.Methods;

/// <summary>A way to pay that a gateway keeps.</summary>
/// <param name="Id">The method.</param>
/// <param name="Gateway">Who keeps it.</param>
/// <param name="Brand">Such as <c>visa</c>.</param>
/// <param name="Last4">The last four figures.</param>
/// <param name="ExpiryMonth">1 to 12.</param>
/// <param name="ExpiryYear">Four figures.</param>
/// <param name="IsDefault">Used unless told otherwise.</param>
/// <param name="CreatedAt">Since when.</param>
public sealed record SavedMethodResponse(
    Guid Id, Gateway Gateway, string? Brand, string? Last4, int? ExpiryMonth, int? ExpiryYear, bool IsDefault, DateTimeOffset CreatedAt)
{
    internal static Expression<Func<SavedMethod, SavedMethodResponse>> Of { get; } = m => new SavedMethodResponse(
        m.Id, m.Gateway, m.Brand, m.Last4, m.ExpiryMonth, m.ExpiryYear, m.IsDefault, m.CreatedAt);
}

internal static class ManageMethods
{
    public static void Map(RouteGroupBuilder methods)
    {
        methods.MapGet("/", List).Named("ListSavedMethods", "Lists the caller's own saved ways to pay.").ForSignedIn();
        methods.MapPost("/{id:guid}/default/", Prefer).Named("PreferSavedMethod", "Uses one of them unless told otherwise.").ForSignedIn().VisibleAs<SavedMethod>();
        methods.MapDelete("/{id:guid}/", Remove).Named("RemoveSavedMethod", "Forgets a saved way to pay.").ForSignedIn().VisibleAs<SavedMethod>();
    }

    private static async Task<PageAnswer<SavedMethodResponse>> List(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct) =>
        Answer.Page(await query.PageAsync(SavedMethod.VisibleTo(db, actor).OrderBy(m => m.Id), SavedMethodResponse.Of, ct));

    private static async Task<Answer<SavedMethodResponse>> Prefer(Guid id, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var own = await SavedMethod.VisibleTo(db, actor).AsTracking().OrderBy(m => m.Id).ToListAsync(ct);
        var chosen = own.Find(m => m.Id == id) ?? throw new NotFound();
        own.ForEach(m => m.Prefer(m.Id == id));
        trail.About("saved_method", id).Because("payment");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(SavedMethodResponse.Of.Compile()(chosen), "Preferred.");
    }

    private static async Task<DeletedAnswer> Remove(Guid id, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        db.Remove(await SavedMethod.VisibleTo(db, actor).AsTracking().FirstOrDefaultAsync(m => m.Id == id, ct) ?? throw new NotFound());
        trail.About("saved_method", id).Because("payment");
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }
}
