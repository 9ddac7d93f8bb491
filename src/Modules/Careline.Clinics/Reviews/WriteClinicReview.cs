using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Clinics.Clinics;

namespace Careline.Clinics.Reviews;

/// <summary>Patients review a visit of theirs that took place, once; they may change it for a while and take it back at any time.</summary>
internal static class WriteClinicReview
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        const string One = "/{id:guid}/reviews/{reviewId:guid}/";
        routes.MapPost("/{id:guid}/reviews/", Add).Named("AddClinicReview", "Reviews a clinic after a completed visit there, once for each.")
            .ForRoles(Roles.Patient).VisibleAs<ShownClinic>();
        routes.MapPut(One, Replace).Named("ReplaceClinicReview", "Rewrites the caller's own review, within 14 days.").ForRoles(Roles.Patient).VisibleAs<ShownClinic>();
        routes.MapDelete(One, Remove).Named("RemoveClinicReview", "Takes the caller's own review back.").ForRoles(Roles.Patient).VisibleAs<ShownClinic>();
    }

    private static async Task<CreatedAnswer<ClinicReviewResponse>> Add(
        Guid id, ClinicReviewRequest request, Actor actor, CarelineDb db, IActorNames names, AuditTrail trail, CancellationToken ct)
    {
        var patientId = actor.PatientId;

        // One refusal for every reason, so that nobody learns of others' visits.
        var visit = await db.Set<ReviewableVisit>()
                .FirstOrDefaultAsync(v => v.AppointmentId == request.AppointmentId && v.ClinicId == id && v.PatientId == patientId, ct)
            ?? throw new PermissionDenied("Only a visit of yours at this clinic that took place can be reviewed.", "REVIEW_NOT_ALLOWED");
        var review = ClinicReview.Of(db.NewId(), visit, (actor.AccountId, await NameAsync(names, actor, ct)), request.Review, db.Now);
        db.Add(review);
        await SaveAsync(db, review, trail, ct);
        return Answer.Created(await ReadClinicReviews.ReadAsync(db, actor, (id, review.Id), ct), "Review added.");
    }

    private static async Task<Answer<ClinicReviewResponse>> Replace(
        Guid id, Guid reviewId, ClinicReviewText request, IfMatch ifMatch, Actor actor, CarelineDb db, IActorNames names, AuditTrail trail, CancellationToken ct)
    {
        var review = await LoadOwnAsync(db, actor, (id, reviewId), ct);
        ifMatch.Check(review);
        review.Replace(request, await NameAsync(names, actor, ct), db.Now);
        await SaveAsync(db, review, trail, ct);
        return Answer.Ok(await ReadClinicReviews.ReadAsync(db, actor, (id, reviewId), ct), "Review changed.");
    }

    private static async Task<DeletedAnswer> Remove(Guid id, Guid reviewId, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var review = await LoadOwnAsync(db, actor, (id, reviewId), ct);
        review.Remove(db.Now);
        await SaveAsync(db, review, trail, ct);
        return Answer.Deleted();
    }

    /// <summary>A review of a clinic that the actor may see, to be changed.</summary>
    public static async Task<ClinicReview> LoadAsync(CarelineDb db, Actor actor, (Guid Clinic, Guid Review) which, CancellationToken ct) =>
        await Clinic.VisibleToAnyone(db, actor).AnyAsync(c => c.Id == which.Clinic, ct)
        && await ClinicReview.VisibleToAnyone(db, actor).AsTracking().FirstOrDefaultAsync(r => r.Id == which.Review && r.ClinicId == which.Clinic, ct) is { } review
            ? review : throw new NotFound();

    public static Task<int> SaveAsync(CarelineDb db, ClinicReview review, AuditTrail trail, CancellationToken ct)
    {
        trail.About("clinic_review", review.Id).Because("operations");
        return db.SaveChangesAsync(ct);
    }

    private static async Task<string> NameAsync(IActorNames names, Actor actor, CancellationToken ct) =>
        (await names.OfAsync([actor.AccountId], ct)).GetValueOrDefault(actor.AccountId, "");

    private static async Task<ClinicReview> LoadOwnAsync(CarelineDb db, Actor actor, (Guid Clinic, Guid Review) which, CancellationToken ct) =>
        await LoadAsync(db, actor, which, ct) is var review && review.AuthorId == actor.AccountId
            ? review : throw new PermissionDenied("Only its author may change a review.");
}
