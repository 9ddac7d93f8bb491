using Careline.Accounts.Contracts;
using Careline.Doctors.Doctors;

namespace Careline.Doctors.Reviews;

internal static class ReadReviews
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/{id:guid}/reviews/", List).Named("ListReviews", "What patients say of a doctor, newest first.")
            .ForAnyone("part of what patients read of a doctor").OpenToAll("part of a public profile; the query hides unverified doctors and hidden reviews")
            .WithFilters("rating");
        routes.MapGet("/{id:guid}/reviews/{reviewId:guid}/", Get).Named("GetReview", "One review of a doctor.")
            .ForAnyone("part of what patients read of a doctor").OpenToAll("part of a public profile; the query hides unverified doctors and hidden reviews");
        routes.MapGet("/reviews/", ListAll).Named("ListAllReviews", "Reviews of all doctors for moderation, newest first.")
            .ForRoles(Roles.Administrators).WithFilters("reported", "hidden");
    }

    private static async Task<PageAnswer<ReviewResponse>> List(Guid id, ListQuery query, Actor? actor, CarelineDb db, CancellationToken ct)
    {
        var reviews = await OfDoctorAsync(db, actor, id, ct);
        if (query.Integer("rating", 1, 5) is { } rating)
        {
            reviews = reviews.Where(r => r.Rating == rating);
        }

        var (order, descending) = query.Ordering("-created_at", "rating");
        reviews = (order, descending) switch
        {
            ("rating", true) => reviews.OrderByDescending(r => r.Rating).ThenByDescending(r => r.CreatedAt),
            ("rating", false) => reviews.OrderBy(r => r.Rating).ThenByDescending(r => r.CreatedAt),
            (_, true) => reviews.OrderByDescending(r => r.CreatedAt),
            _ => reviews.OrderBy(r => r.CreatedAt),
        };
        return Answer.Page(await query.PageAsync(((IOrderedQueryable<Review>)reviews).ThenBy(r => r.Id), ReviewResponse.Projection(db, actor), ct));
    }

    private static async Task<Answer<ReviewResponse>> Get(Guid id, Guid reviewId, Actor? actor, CarelineDb db, CancellationToken ct)
    {
        await OfDoctorAsync(db, actor, id, ct);
        return Answer.Ok(await ReadAsync(db, actor, id, reviewId, ct));
    }

    private static async Task<PageAnswer<ReviewResponse>> ListAll(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var reviews = Review.VisibleToAnyone(db, actor);
        if (query.Flag("reported") is { } reported)
        {
            reviews = reviews.Where(r => db.Set<ReviewReport>().Any(p => p.ReviewId == r.Id && p.AnsweredAt == null) == reported);
        }

        if (query.Flag("hidden") is { } hidden)
        {
            reviews = reviews.Where(r => r.HiddenAt != null == hidden);
        }

        query.Ordering("-created_at");
        return Answer.Page(await query.PageAsync(
            reviews.OrderByDescending(r => r.CreatedAt).ThenBy(r => r.Id), ReviewResponse.Projection(db, actor), ct));
    }

    /// <summary>A review as the actor may see it.</summary>
    public static async Task<ReviewResponse> ReadAsync(CarelineDb db, Actor? actor, Guid doctorId, Guid reviewId, CancellationToken ct) =>
        await Review.VisibleToAnyone(db, actor).Where(r => r.Id == reviewId && r.DoctorId == doctorId).Select(ReviewResponse.Projection(db, actor))
            .FirstOrDefaultAsync(ct) ?? throw new NotFound();

    private static async Task<IQueryable<Review>> OfDoctorAsync(CarelineDb db, Actor? actor, Guid doctorId, CancellationToken ct) =>
        await Doctor.VisibleToAnyone(db, actor).AnyAsync(d => d.Id == doctorId, ct)
            ? Review.VisibleToAnyone(db, actor).Where(r => r.DoctorId == doctorId) : throw new NotFound();
}
