using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;

namespace Careline.Patients.Requests;

internal static class ReadRequests
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", List).Named("ListDataRequests", "All requests, the one that is due first at the top.").ForRoles(Roles.Administrators)
            .WithFilters("status", "kind", "patient");
        routes.MapGet("/{id:guid}/", Get).Named("GetDataRequest", "One request with its history.").ForSignedIn().VisibleAs<SubjectRequest>();
    }

    public static void MapOwn(IEndpointRouteBuilder routes) =>
        routes.MapGet("/me/data-requests/", Own).Named("ListOwnDataRequests", "The caller's own requests.").ForSignedIn().WithFilters("status", "kind");

    private static Task<PageAnswer<SubjectRequestResponse>> List(ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var requests = SubjectRequest.VisibleTo(db, actor);
        return AnswerAsync(query.Id("patient") is { } patient ? requests.Where(r => r.PatientId == patient) : requests, query, db, trail, ct);
    }

    private static Task<PageAnswer<SubjectRequestResponse>> Own(ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        query.Check();
        var own = actor.PatientId ?? throw new NotFound();
        return AnswerAsync(SubjectRequest.VisibleTo(db, actor).Where(r => r.PatientId == own), query, db, trail, ct);
    }

    private static async Task<Answer<SubjectRequestResponse>> Get(Guid id, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var found = await SubjectRequest.VisibleTo(db, actor).Where(r => r.Id == id).Select(SubjectRequestResponse.Projection(db)).FirstOrDefaultAsync(ct)
            ?? throw new NotFound();
        trail.About("data_request", id).Concerns(found.PatientId).Because("operations");
        return Answer.Ok(found);
    }

    private static async Task<PageAnswer<SubjectRequestResponse>> AnswerAsync(
        IQueryable<SubjectRequest> requests, ListQuery query, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        if (query.Enum<RequestStatus>("status") is { } status)
        {
            requests = requests.Where(r => r.Status == status);
        }

        if (query.Enum<RequestKind>("kind") is { } kind)
        {
            requests = requests.Where(r => r.Kind == kind);
        }

        var (order, descending) = query.Ordering("due_at", "created_at");
        requests = (order, descending) switch
        {
            ("created_at", false) => requests.OrderBy(r => r.CreatedAt).ThenBy(r => r.Id),
            ("created_at", true) => requests.OrderByDescending(r => r.CreatedAt).ThenBy(r => r.Id),
            (_, true) => requests.OrderByDescending(r => r.DueAt).ThenBy(r => r.Id),
            _ => requests.OrderBy(r => r.DueAt).ThenBy(r => r.Id),
        };
        var page = await query.PageAsync(requests, SubjectRequestResponse.Projection(db), ct);
        trail.Concerns(page.Rows.Select(r => r.PatientId)).Because("operations");
        return Answer.Page(page);
    }
}
