using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Clinics.Clinics;
using Careline.Clinics.Staff;

namespace Careline.Clinics.Reviews;

/// <summary>What others do about a review: the clinic replies, anybody reports, administrators hide it or keep it.</summary>
internal static class AnswerClinicReview
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        const string One = "/{id:guid}/reviews/{reviewId:guid}/";
        routes.MapPut(One + "reply/", Reply).Named("ReplyToClinicReview", "Gives or rewords the clinic's one reply.").ForSignedIn().VisibleAs<Clinic>();
        routes.MapDelete(One + "reply/", Unreply).Named("RemoveClinicReply", "Takes the clinic's reply back.").ForSignedIn().VisibleAs<Clinic>();
        routes.MapPost(One + "report/", Report).Named("ReportClinicReview", "Asks administrators to look at a review.")
            .ForSignedIn().OpenToAll("everybody reads reviews, and may say that one should not stand there");
        routes.MapPost(One + "hide/", Hide).Named("HideClinicReview", "Hides a review, which then counts for nothing, and answers its reports.")
            .ForSignedIn().VisibleAs<Clinic>().OnlyForRoles(Roles.Administrators);
        routes.MapPost(One + "restore/", Restore).Named("RestoreClinicReview", "Shows a review again, or keeps it, and answers its reports.")
            .ForSignedIn().VisibleAs<Clinic>().OnlyForRoles(Roles.Administrators);
    }

    private static async Task<Answer<ClinicReviewResponse>> Reply(
        Guid id, Guid reviewId, ReviewReplyRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        await SetReplyAsync(db, actor, (id, reviewId), request.Text, trail, ct);
        return Answer.Ok(await ReadClinicReviews.ReadAsync(db, actor, (id, reviewId), ct), "Reply saved.");
    }

    private static async Task<DeletedAnswer> Unreply(Guid id, Guid reviewId, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        await SetReplyAsync(db, actor, (id, reviewId), null, trail, ct);
        return Answer.Deleted();
    }

    /// <summary>The clinic's own administrators speak for it, and nobody else: those of the platform judge.</summary>
    private static async Task SetReplyAsync(CarelineDb db, Actor actor, (Guid Clinic, Guid Review) which, string? text, AuditTrail trail, CancellationToken ct)
    {
        if (actor.IsAdmin)
        {
            throw new PermissionDenied("Only the clinic replies.");
        }

        await StaffMember.RequireAdministratorAsync(db, actor, which.Clinic, ct);
        var review = await WriteClinicReview.LoadAsync(db, actor, which, ct);
        review.SetReply(text, db.Now);
        await WriteClinicReview.SaveAsync(db, review, trail, ct);
    }

    private static async Task<Answer<ClinicReviewResponse>> Report(
        Guid id, Guid reviewId, ReviewReasonRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var review = await WriteClinicReview.LoadAsync(db, actor, (id, reviewId), ct);
        ReviewRules.CheckAnothers(review.AuthorId, actor.AccountId);
        db.Add(ClinicReviewReport.Of(reviewId, actor.AccountId, request.Reason, db.Now));
        await WriteClinicReview.SaveAsync(db, review, trail, ct);
        return Answer.Ok(await ReadClinicReviews.ReadAsync(db, actor, (id, reviewId), ct), "Reported. An administrator looks at it.");
    }

    private static Task<Answer<ClinicReviewResponse>> Hide(
        Guid id, Guid reviewId, ReviewReasonRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct) =>
        ModerateAsync(new Decision((id, reviewId), true, request.Reason), actor, db, trail, ct);

    private static Task<Answer<ClinicReviewResponse>> Restore(
        Guid id, Guid reviewId, ReviewReasonRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct) =>
        ModerateAsync(new Decision((id, reviewId), false, request.Reason), actor, db, trail, ct);

    private static async Task<Answer<ClinicReviewResponse>> ModerateAsync(Decision decision, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var review = await WriteClinicReview.LoadAsync(db, actor, decision.Which, ct);
        review.Moderate(decision.Hides, decision.Reason, actor.AccountId, db.Now);
        db.Append(ClinicReviewDecision.Of(db.NewId(), review, actor.AccountId, decision.Reason, db.Now));
        await db.Database.ExecuteSqlAsync(
            $"UPDATE clinics.review_reports SET answered_at = {db.Now} WHERE review_id = {review.Id} AND answered_at IS NULL", ct);
        trail.Changed("hidden");
        await WriteClinicReview.SaveAsync(db, review, trail, ct);
        return Answer.Ok(await ReadClinicReviews.ReadAsync(db, actor, decision.Which, ct), decision.Hides ? "Review hidden." : "Review shown.");
    }

    private sealed record Decision((Guid Clinic, Guid Review) Which, bool Hides, string Reason);
}
