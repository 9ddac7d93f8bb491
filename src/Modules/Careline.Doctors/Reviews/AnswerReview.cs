using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Clinics.Contracts;
using Careline.Doctors.Doctors;
using Careline.Doctors.Search;

namespace Careline.Doctors.Reviews;

/// <summary>What others do about a review: the doctor replies, anybody reports, administrators hide it or keep it.</summary>
internal static class AnswerReview
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        const string One = "/{id:guid}/reviews/{reviewId:guid}/";
        routes.MapPut(One + "reply/", Reply).Named("ReplyToReview", "Gives or rewords the doctor's one reply.")
            .ForRoles(Roles.Doctor).VisibleAs<Doctor>();
        routes.MapDelete(One + "reply/", Unreply).Named("RemoveReviewReply", "Takes the doctor's reply back.")
            .ForRoles(Roles.Doctor).VisibleAs<Doctor>();
        routes.MapPost(One + "report/", Report).Named("ReportReview", "Asks administrators to look at a review.")
            .ForSignedIn().OpenToAll("everybody reads reviews, and may say that one should not stand there");
        routes.MapPost(One + "hide/", Hide).Named("HideReview", "Hides a review, which then counts for nothing, and answers its reports.")
            .ForRoles(Roles.Administrators).VisibleAs<Doctor>();
        routes.MapPost(One + "restore/", Restore).Named("RestoreReview", "Shows a review again, or keeps it, and answers its reports.")
            .ForRoles(Roles.Administrators).VisibleAs<Doctor>();
    }

    private static async Task<Answer<ReviewResponse>> Reply(
        Guid id, Guid reviewId, ReviewReplyRequest request, Actor actor, CarelineDb db, DoctorIndex index, AuditTrail trail, CancellationToken ct)
    {
        var review = await WriteReview.LoadAsync(db, actor, id, reviewId, ct);
        review.SetReply(actor.DoctorId, request.Text, db.Now);
        await WriteReview.SaveAsync(db, review, index, trail, ct);
        return Answer.Ok(await ReadReviews.ReadAsync(db, actor, id, reviewId, ct), "Reply saved.");
    }

    private static async Task<DeletedAnswer> Unreply(
        Guid id, Guid reviewId, Actor actor, CarelineDb db, DoctorIndex index, AuditTrail trail, CancellationToken ct)
    {
        var review = await WriteReview.LoadAsync(db, actor, id, reviewId, ct);
        review.SetReply(actor.DoctorId, null, db.Now);
        await WriteReview.SaveAsync(db, review, index, trail, ct);
        return Answer.Deleted();
    }

    private static async Task<Answer<ReviewResponse>> Report(
        Guid id, Guid reviewId, ReviewReasonRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var review = await WriteReview.LoadAsync(db, actor, id, reviewId, ct);
        ReviewRules.CheckAnothers(review.AuthorId, actor.AccountId);
        db.Add(ReviewReport.Of(reviewId, actor.AccountId, request.Reason, db.Now));
        trail.About("review", reviewId).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await ReadReviews.ReadAsync(db, actor, id, reviewId, ct), "Reported. An administrator looks at it.");
    }

    private static async Task<Answer<ReviewResponse>> Hide(
        Guid id, Guid reviewId, ReviewReasonRequest request, Actor actor, CarelineDb db, DoctorIndex index, AuditTrail trail, CancellationToken ct)
    {
        var review = await WriteReview.LoadAsync(db, actor, id, reviewId, ct);
        review.Hide(actor.AccountId, request.Reason, db.Now);
        db.Append(ReviewDecision.Of(db.NewId(), review, actor.AccountId, isHidden: true, request.Reason, db.Now));
        await AnswerReportsAsync(db, reviewId, ct);
        trail.Changed("hidden");
        await WriteReview.SaveAsync(db, review, index, trail, ct);
        return Answer.Ok(await ReadReviews.ReadAsync(db, actor, id, reviewId, ct), "Review hidden.");
    }

    private static async Task<Answer<ReviewResponse>> Restore(
        Guid id, Guid reviewId, ReviewReasonRequest request, Actor actor, CarelineDb db, DoctorIndex index, AuditTrail trail, CancellationToken ct)
    {
        var review = await WriteReview.LoadAsync(db, actor, id, reviewId, ct);
        review.Restore();
        db.Append(ReviewDecision.Of(db.NewId(), review, actor.AccountId, isHidden: false, request.Reason, db.Now));
        await AnswerReportsAsync(db, reviewId, ct);
        trail.Changed("hidden");
        await WriteReview.SaveAsync(db, review, index, trail, ct);
        return Answer.Ok(await ReadReviews.ReadAsync(db, actor, id, reviewId, ct), "Review shown.");
    }

    private static Task<int> AnswerReportsAsync(CarelineDb db, Guid reviewId, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"UPDATE doctors.review_reports SET answered_at = {db.Now} WHERE review_id = {reviewId} AND answered_at IS NULL", ct);
}
