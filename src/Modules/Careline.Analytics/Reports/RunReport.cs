using Careline.Audit.Contracts;

namespace Careline.Analytics.Reports;

internal static class RunReport
{
    public static void Map(RouteGroupBuilder reports)
    {
        reports.MapPost("/run/", Run).Named("RunReport", "Answers a question about the caller's figures at once.").ForRoles(FigureScope.Readers).WithOwnTransaction();
        reports.MapPost("/{id:guid}/run/", RunSaved).Named("RunSavedReport", "Runs a kept report, with the caller's own rights.").ForRoles(FigureScope.Readers)
            .VisibleAs<SavedReport>().WithOwnTransaction();
    }

    private static async Task<Answer<ReportResult>> Run(
        ReportQuestion request, Actor actor, CarelineDb db, ReportRunner runner, AuditTrail trail, CancellationToken ct)
    {
        trail.Because("operations").Changed(Describe(request));
        return Answer.Ok(await RunAsync(request, actor, db, runner, ct));
    }

    private static async Task<Answer<ReportResult>> RunSaved(Guid id, Actor actor, CarelineDb db, ReportRunner runner, AuditTrail trail, CancellationToken ct)
    {
        var report = await SavedReport.VisibleTo(db, actor).FirstOrDefaultAsync(r => r.Id == id, ct) ?? throw new NotFound();
        trail.About("report", id).Because("operations").Changed(Describe(report.Question));
        return Answer.Ok(await RunAsync(report.Question, actor, db, runner, ct));
    }

    /// <summary>What was asked, in names alone: the dataset, what it was told apart and narrowed by.</summary>
    public static string[] Describe(ReportQuestion question) =>
        [question.Dataset, .. question.Dimensions ?? [], .. (question.Filters?.Keys ?? []).Select(name => $"filter:{name}")];

    // Nothing is changed, and no transaction waits for the figures: the question is recorded once they are there.
    private static async Task<ReportResult> RunAsync(ReportQuestion question, Actor actor, CarelineDb db, ReportRunner runner, CancellationToken ct)
    {
        var scope = await FigureScope.OfAsync(db, actor, ct);
        var result = await runner.RunAsync(PlanOf(question), scope, ct);
        await db.Database.BeginTransactionAsync(ct);
        await db.SaveChangesAsync(ct);
        await db.Database.CommitTransactionAsync(ct);
        return result;
    }

    /// <exception cref="InvalidInput">It was kept when the vocabulary was another.</exception>
    public static ReportPlan PlanOf(ReportQuestion question)
    {
        var faults = new Dictionary<string, string[]>();
        return question.Plan((field, message) => faults[SnakeCase.Of(field)] = [message]) ?? throw new InvalidInput(faults);
    }
}
