using Careline.Audit.Reading;

namespace Careline.Audit.Processing;

internal static class ReadProcessing
{
    /// <summary>Why the ids of this register are nobody's.</summary>
    public const string Why = "The register describes what is done and names no person.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", List).Named("ListProcessingActivities", "The record of processing activities, by name.").ForRoles(ListEvents.Readers);
        routes.MapGet("/{id:guid}/", Get).Named("GetProcessingActivity", "One processing activity.").ForRoles(ListEvents.Readers).OpenToAll(Why);
    }

    private static async Task<PageAnswer<ProcessingActivityResponse>> List(ListQuery query, CarelineDb db, CancellationToken ct)
    {
        var (order, descending) = query.Ordering("name", "review_date");
        var activities = ProcessingActivity.Present(db);
        activities = (order, descending) switch
        {
            ("review_date", false) => activities.OrderBy(a => a.ReviewDate).ThenBy(a => a.Id),
            ("review_date", true) => activities.OrderByDescending(a => a.ReviewDate).ThenBy(a => a.Id),
            (_, true) => activities.OrderByDescending(a => a.Name).ThenBy(a => a.Id),
            _ => activities.OrderBy(a => a.Name).ThenBy(a => a.Id),
        };
        return Answer.Page(await query.PageAsync(activities, ProcessingActivityResponse.Projection, ct));
    }

    private static async Task<Answer<ProcessingActivityResponse>> Get(Guid id, CarelineDb db, CancellationToken ct) =>
        Answer.Ok(await ProcessingActivity.Present(db).Where(a => a.Id == id).Select(ProcessingActivityResponse.Projection).FirstOrDefaultAsync(ct) ?? throw new NotFound());
}
