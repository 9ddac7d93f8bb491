using Careline.Accounts.Contracts;
using Careline.Clinics.Clinics;

namespace Careline.Clinics.Reviews;

internal static class ReadClinicReviews
{
    private const string Why = "part of what patients read of a clinic";
    private const string WhyOpen = "part of a public profile; the query hides clinics that are not, and hidden reviews";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/{id:guid}/reviews/", List).Named("ListClinicReviews", "What patients say of a clinic, newest first.")
            .ForAnyone(Why).OpenToAll(WhyOpen).WithFilters("rating");
        routes.MapGet("/{id:guid}/reviews/{reviewId:guid}/", Get).Named("GetClinicReview", "One review of a clinic.").ForAnyone(Why).OpenToAll(WhyOpen);
        routes.MapGet("/reviews/", ListAll).Named("ListAllClinicReviews", "Reviews of all clinics for moderation, newest first.")
            .ForRoles(Roles.Administrators).WithFilters("reported", "hidden");
    }

    private static async Task<PageAnswer<ClinicReviewResponse>> List(Guid id, ListQuery query, Actor? actor, CarelineDb db, CancellationToken ct)
    {
        var reviews = (await OfClinicAsync(db, actor, id, ct));
        reviews = query.Integer("rating", 1, 5) is { } rating ? reviews.Where(r => r.Rating == rating) : reviews;
        var (order, descending) = query.Ordering("-created_at", "rating");
        var ordered = (order, descending) switch
        {
            ("rating", true) => reviews.OrderByDescending(r => r.Rating).ThenByDescending(r => r.CreatedAt),
            ("rating", false) => reviews.OrderBy(r => r.Rating).ThenByDescending(r => r.CreatedAt),
            (_, false) => reviews.OrderBy(r => r.CreatedAt),
            _ => reviews.OrderByDescending(r => r.CreatedAt),
        };
        return Answer.Page(await query.PageAsync(ordered.ThenBy(r => r.Id), ClinicReviewResponse.Projection(db, actor), ct));
    }

    private static async Task<Answer<ClinicReviewResponse>> Get(Guid id, Guid reviewId, Actor? actor, CarelineDb db, CancellationToken ct)
    {
        await OfClinicAsync(db, actor, id, ct);
        return Answer.Ok(await ReadAsync(db, actor, (id, reviewId), ct));
    }

    private static async Task<PageAnswer<ClinicReviewResponse>> ListAll(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var reviews = ClinicReview.VisibleToAnyone(db, actor);
        if (query.Flag("reported") is { } reported)
        {
            reviews = reviews.Where(r => db.Set<ClinicReviewReport>().Any(p => p.ReviewId == r.Id && p.AnsweredAt == null) == reported);
        }

        if (query.Flag("hidden") is { } hidden)
        {
            reviews = reviews.Where(r => r.HiddenAt != null == hidden);
        }

        query.Ordering("-created_at");
        return Answer.Page(await query.PageAsync(
            reviews.OrderByDescending(r => r.CreatedAt).ThenBy(r => r.Id), ClinicReviewResponse.Projection(db, actor), ct));
    }

    /// <summary>A review as the actor may see it.</summary>
    public static async Task<ClinicReviewResponse> ReadAsync(CarelineDb db, Actor? actor, (Guid Clinic, Guid Review) which, CancellationToken ct) =>
        await ClinicReview.VisibleToAnyone(db, actor).Where(r => r.Id == which.Review && r.ClinicId == which.Clinic)
            .Select(ClinicReviewResponse.Projection(db, actor)).FirstOrDefaultAsync(ct) ?? throw new NotFound();

    private static async Task<IQueryable<ClinicReview>> OfClinicAsync(CarelineDb db, Actor? actor, Guid clinicId, CancellationToken ct) =>
        await Clinic.VisibleToAnyone(db, actor).AnyAsync(c => c.Id == clinicId, ct)
            ? ClinicReview.VisibleToAnyone(db, actor).Where(r => r.ClinicId == clinicId) : throw new NotFound();
}
