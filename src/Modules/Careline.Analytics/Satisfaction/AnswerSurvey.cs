using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;

namespace Careline.Analytics.Satisfaction;

/// <summary>A question about a visit.</summary>
/// <param name="Id">The visit, which names the question too.</param>
/// <param name="PatientId">Whose visit it was.</param>
/// <param name="DoctorId">With whom.</param>
/// <param name="ClinicId">Where, if at a clinic.</param>
/// <param name="AskedAt">When it was asked.</param>
/// <param name="ExpiresAt">Until when it can be answered.</param>
/// <param name="AnsweredAt">When it was answered; null before.</param>
/// <param name="Rating">1 to 5, once answered.</param>
/// <param name="Recommends">0 to 10, if answered.</param>
public sealed record SurveyResponse(
    Guid Id,
    Guid PatientId,
    Guid DoctorId,
    Guid? ClinicId,
    DateTimeOffset AskedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? AnsweredAt,
    int? Rating,
    int? Recommends);

internal static class AnswerSurvey
{
    public static void Map(RouteGroupBuilder analytics)
    {
        analytics.MapGet("/satisfaction/surveys/", List).Named("ListSurveys", "Questions about the caller's visits, newest first (open=true: those that can be answered).")
            .ForRoles(Roles.Patient).WithFilters("open");
        analytics.MapPost("/satisfaction/surveys/{id:guid}/", Answering).Named("AnswerSurvey", "Says how a visit was, once, within 14 days of it.")
            .ForRoles(Roles.Patient).VisibleAs<Survey>();
    }

    private static async Task<PageAnswer<SurveyResponse>> List(ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var (surveys, now) = (Survey.VisibleTo(db, actor), db.Now);
        if (query.Flag("open") is { } open)
        {
            surveys = surveys.Where(s => (s.AnsweredAt == null && s.ExpiresAt > now) == open);
        }

        query.Ordering("-asked_at");
        var page = await query.PageAsync(
            surveys.OrderByDescending(s => s.AskedAt).ThenBy(s => s.Id),
            s => new SurveyResponse(s.Id, s.PatientId, s.DoctorId, s.ClinicId, s.AskedAt, s.ExpiresAt, s.AnsweredAt, s.Rating, s.Recommends),
            ct);
        trail.Concerns([.. page.Rows.Select(s => s.PatientId).Distinct()]);
        return Answer.Page(page);
    }

    private static async Task<Answer<SurveyResponse>> Answering(Guid id, SurveyAnswer request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        // Locked: of two answers at once the first stands.
        await db.Database.ExecuteSqlAsync($"SELECT FROM analytics.surveys WHERE id = {id} FOR NO KEY UPDATE", ct);
        var survey = await Survey.VisibleTo(db, actor).AsTracking().FirstOrDefaultAsync(s => s.Id == id, ct) ?? throw new NotFound();
        survey.Answer(request, db.Now);
        trail.About("survey", id).Concerns(survey.PatientId);
        await db.SaveChangesAsync(ct);
        return Platform.Web.Answer.Ok(
            new SurveyResponse(
                survey.Id, survey.PatientId, survey.DoctorId, survey.ClinicId, survey.AskedAt, survey.ExpiresAt, survey.AnsweredAt, survey.Rating, survey.Recommends),
            "Thank you.");
    }
}
