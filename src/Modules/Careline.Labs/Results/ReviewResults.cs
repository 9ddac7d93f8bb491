using Careline.Audit.Contracts;
using Careline.Labs.Notices;
using Careline.Labs.Orders;

namespace Careline.Labs.Results;

/// <summary>A doctor's look at a result.</summary>
/// <param name="Note">What the doctor says of it; the patient reads it with the result.</param>
/// <param name="Release">Whether the patient sees it from now on.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ResultReviewRequest([MaxLength(4000)] string? Note = null, bool Release = true);

/// <summary>The doctor who ordered, or who treats the patient now, looks at results and lets the patient see them.</summary>
internal static class ReviewResults
{
    public static void Map(RouteGroupBuilder results) => results.MapPost("/{id:guid}/review/", One)
        .Named("ReviewLabResult", "Notes that a doctor looked at a result, and releases it to the patient unless told not to; never one that was taken back.")
        .ForRoles(LabStaff.WorkingRoles).VisibleAs<LabResult>();

    public static void MapOfOrder(RouteGroupBuilder orders) => orders.MapPost("/{id:guid}/review/", All)
        .Named("ReviewLabOrder", "Reviews all results of an order that are not preliminary and were not reviewed yet.")
        .ForRoles(LabStaff.WorkingRoles).VisibleAs<LabOrder>();

    private static async Task<Answer<ResultResponse>> One(
        Guid id, ResultReviewRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, LabNews news, AuditTrail trail, CancellationToken ct)
    {
        var orderId = await LabResult.VisibleTo(db, actor).Where(r => r.Id == id).Select(r => r.OrderId).FirstOrDefaultAsync(ct);
        var order = await LabStaff.AsDoctorAsync(db, actor, orderId, ct);
        var result = await db.Set<LabResult>().AsTracking().FirstAsync(r => r.Id == id, ct);
        ifMatch.Check(result);
        await ReviewAsync(order, [result], request, actor, db, news, ct);
        trail.About("lab_result", id).Concerns(order.PatientId);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await ResultResponse.From(db, db.Set<LabResult>().Where(r => r.Id == id)).FirstAsync(ct), "Reviewed.");
    }

    private static async Task<Answer<LabOrderRow>> All(
        Guid id, ResultReviewRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, LabNews news, AuditTrail trail, CancellationToken ct)
    {
        var order = await LabStaff.AsDoctorAsync(db, actor, id, ct);
        ifMatch.Check(order);
        var results = await db.Set<LabResult>().AsTracking()
            .Where(r => r.OrderId == id && r.State != ResultState.Preliminary && (r.ReviewedAt == null || (request.Release && r.ReleasedAt == null && r.State != ResultState.Cancelled))).ToListAsync(ct);
        await ReviewAsync(order, results, request, actor, db, news, ct);
        trail.About("lab_order", id).Concerns(order.PatientId);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await Ordering.Rows(db, db.Set<LabOrder>().Where(o => o.Id == id)).FirstAsync(ct), "Reviewed.");
    }

    private static async Task ReviewAsync(
        LabOrder order, List<LabResult> results, ResultReviewRequest request, Actor actor, CarelineDb db, LabNews news, CancellationToken ct)
    {
        var isNews = request.Release && results.Exists(r => r is { ReleasedAt: null, Holds: true });
        results.ForEach(r => r.Review(actor.AccountId, request.Note, request.Release, db.Now));
        if (isNews)
        {
            await news.ReleasedAsync(order.PatientId, order.Id, order.Number, ct);
        }
    }
}
