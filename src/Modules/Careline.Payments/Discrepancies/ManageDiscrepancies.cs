using System.Linq.Expressions;
using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Gateways.Contracts;

namespace Careline.Payments.Discrepancies;

/// <summary>What was done about it.</summary>
/// <param name="Note">In a sentence.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ResolveDiscrepancyRequest([Required, StringLength(1000, MinimumLength = 1)] string Note);

/// <summary>What a gateway says and the books do not.</summary>
/// <param name="Id">The discrepancy.</param>
/// <param name="Kind">What does not agree.</param>
/// <param name="Gateway">Who says so.</param>
/// <param name="PaymentId">The payment, where one of ours is meant.</param>
/// <param name="Expected">What the books say.</param>
/// <param name="Told">What the gateway says.</param>
/// <param name="FoundAt">When it was found.</param>
/// <param name="ResolvedAt">When somebody had looked.</param>
/// <param name="Note">What was done.</param>
public sealed record DiscrepancyResponse(
    Guid Id, DiscrepancyKind Kind, Gateway Gateway, Guid? PaymentId, string? Expected, string? Told, DateTimeOffset FoundAt, DateTimeOffset? ResolvedAt, string? Note)
{
    internal static Expression<Func<Discrepancy, DiscrepancyResponse>> Of { get; } = d => new DiscrepancyResponse(
        d.Id, d.Kind, d.Gateway, d.PaymentId, d.Expected, d.Told, d.FoundAt, d.ResolvedAt, d.Note);
}

internal static class ManageDiscrepancies
{
    public static void Map(RouteGroupBuilder discrepancies)
    {
        discrepancies.MapGet("/", List).Named("ListPaymentDiscrepancies", "Lists what gateways say and the books do not, newest first.")
            .ForRoles(Roles.Administrators).WithFilters("kind", "gateway", "is_resolved", "payment");
        discrepancies.MapPost("/{id:guid}/resolve/", Resolve).Named("ResolvePaymentDiscrepancy", "Says that somebody looked, and what was done.")
            .ForRoles(Roles.Administrators).OpenToAll("For administrators alone, who see all of them.");
    }

    private static async Task<PageAnswer<DiscrepancyResponse>> List(ListQuery query, CarelineDb db, CancellationToken ct)
    {
        IQueryable<Discrepancy> found = db.Set<Discrepancy>();
        if (query.Enum<DiscrepancyKind>("kind") is { } kind)
        {
            found = found.Where(d => d.Kind == kind);
        }

        if (query.Enum<Gateway>("gateway") is { } gateway)
        {
            found = found.Where(d => d.Gateway == gateway);
        }

        if (query.Flag("is_resolved") is { } isResolved)
        {
            found = found.Where(d => (d.ResolvedAt != null) == isResolved);
        }

        if (query.Id("payment") is { } payment)
        {
            found = found.Where(d => d.PaymentId == payment);
        }

        query.Ordering("-found_at");
        return Answer.Page(await query.PageAsync(found.OrderByDescending(d => d.FoundAt).ThenByDescending(d => d.Id), DiscrepancyResponse.Of, ct));
    }

    private static async Task<Answer<DiscrepancyResponse>> Resolve(
        Guid id, ResolveDiscrepancyRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var found = await db.Set<Discrepancy>().AsTracking().FirstOrDefaultAsync(d => d.Id == id, ct) ?? throw new NotFound();
        found.Resolve(request.Note, actor.AccountId, db.Now);
        trail.About("payment_discrepancy", id).Because("payment");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(DiscrepancyResponse.Of.Compile()(found), "Resolved.");
    }
}
