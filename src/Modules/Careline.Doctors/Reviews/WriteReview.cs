using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Doctors.Doctors;
using Careline.Doctors.Search;

namespace Careline.Doctors.Reviews;

/// <summary>Patients review a visit of theirs that took place, once; they may change it for a while and take it back at any time.</summary>
internal static class WriteReview
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        const string One = "/{id:guid}/reviews/{reviewId:guid}/";
        routes.MapPost("/{id:guid}/reviews/", Add).Named("AddReview", "Reviews a doctor after a completed visit, once for each.")
            .ForRoles(Roles.Patient).VisibleAs<Doctor>();
        routes.MapPut(One, Replace).Named("ReplaceReview", "Rewrites the caller's own review, within 14 days.")
            .ForRoles(Roles.Patient).VisibleAs<Doctor>();
        routes.MapPatch(One, Change).Named("ChangeReview", "Changes the caller's own review, within 14 days.")
            .ForRoles(Roles.Patient).VisibleAs<Doctor>().AcceptsMerge<ReviewTextRequest>();
        routes.MapDelete(One, Remove).Named("RemoveReview", "Takes the caller's own review back.")
            .ForRoles(Roles.Patient).VisibleAs<Doctor>();
    }

    private static async Task<CreatedAnswer<ReviewResponse>> Add(
        Guid id, ReviewRequest request, Actor actor, CarelineDb db, IActorNames names, DoctorIndex index, AuditTrail trail, CancellationToken ct)
    {
        var patientId = actor.PatientId;

        // One refusal for every reason, so that nobody learns of others' visits.
        var visit = await db.Set<ReviewableVisit>()
                .FirstOrDefaultAsync(v => v.AppointmentId == request.AppointmentId && v.DoctorId == id && v.PatientId == patientId, ct)
            ?? throw new PermissionDenied("Only a visit of yours with this doctor that took place can be reviewed.", "REVIEW_NOT_ALLOWED");
        var name = (await names.OfAsync([actor.AccountId], ct)).GetValueOrDefault(actor.AccountId, "");
        var review = Review.Of(db.NewId(), visit, (actor.AccountId, name), request, db.Now);
        db.Add(review);
        await SaveAsync(db, review, index, trail, ct);
        return Answer.Created(await ReadReviews.ReadAsync(db, actor, id, review.Id, ct), "Review added.");
    }

    private static async Task<Answer<ReviewResponse>> Replace(
        Guid id, Guid reviewId, ReviewTextRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, DoctorIndex index, AuditTrail trail, CancellationToken ct)
    {
        var review = await LoadOwnAsync(db, actor, id, reviewId, ct);
        ifMatch.Check(review);
        review.Replace(request, db.Now);
        await SaveAsync(db, review, index, trail, ct);
        return Answer.Ok(await ReadReviews.ReadAsync(db, actor, id, reviewId, ct), "Review changed.");
    }

    private static async Task<Answer<ReviewResponse>> Change(
        Guid id, Guid reviewId, Merge<ReviewTextRequest> patch, IfMatch ifMatch, Actor actor, CarelineDb db, DoctorIndex index, AuditTrail trail, CancellationToken ct)
    {
        var review = await LoadOwnAsync(db, actor, id, reviewId, ct);
        ifMatch.Check(review);
        review.Replace(await patch.OntoAsync(new ReviewTextRequest(review.Rating, review.Comment)), db.Now);
        await SaveAsync(db, review, index, trail, ct);
        return Answer.Ok(await ReadReviews.ReadAsync(db, actor, id, reviewId, ct), "Review changed.");
    }

    private static async Task<DeletedAnswer> Remove(
        Guid id, Guid reviewId, Actor actor, CarelineDb db, DoctorIndex index, AuditTrail trail, CancellationToken ct)
    {
        var review = await LoadOwnAsync(db, actor, id, reviewId, ct);
        review.Remove(db.Now);
        await SaveAsync(db, review, index, trail, ct);
        return Answer.Deleted();
    }

    /// <summary>A review of a doctor that the actor may see, to be changed.</summary>
    public static async Task<Review> LoadAsync(CarelineDb db, Actor actor, Guid doctorId, Guid reviewId, CancellationToken ct) =>
        await Review.VisibleToAnyone(db, actor).AsTracking().FirstOrDefaultAsync(r => r.Id == reviewId && r.DoctorId == doctorId, ct) ?? throw new NotFound();

    private static async Task<Review> LoadOwnAsync(CarelineDb db, Actor actor, Guid doctorId, Guid reviewId, CancellationToken ct) =>
        await LoadAsync(db, actor, doctorId, reviewId, ct) is var review && review.AuthorId == actor.AccountId
            ? review : throw new PermissionDenied("Only its author may change a review.");

    /// <summary>Saves a review; the list follows the doctor's new mean.</summary>
    public static async Task SaveAsync(CarelineDb db, Review review, DoctorIndex index, AuditTrail trail, CancellationToken ct)
    {
        index.Follow(db, review.DoctorId);
        trail.About("review", review.Id).Because("operations");
        await db.SaveChangesAsync(ct);
    }
}
