using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Labs.Orders;
using Careline.Patients.Contracts;

namespace Careline.Labs.Results;

internal static class ReadResults
{
    public static void Map(RouteGroupBuilder results)
    {
        results.MapGet("/", List).Named("ListLabResults", "Lists the results that the caller may see, newest first.").ForRoles(Roles.RecordReaders)
            .WithFilters("patient", "order", "test", "loinc", "state", "flag", "is_critical", "is_reviewed", "from", "to");
        results.MapGet("/{id:guid}/", Get).Named("GetLabResult", "Shows one result.").ForRoles(Roles.RecordReaders).VisibleAs<LabResult>();
    }

    public static void MapOfOrder(RouteGroupBuilder orders) => orders.MapGet("/{id:guid}/results/", ListOfOrder)
        .Named("ListLabOrderResults", "Lists the results of an order as far as the caller may see them.").ForRoles(Roles.RecordReaders).VisibleAs<LabOrder>();

    private static async Task<PageAnswer<ResultResponse>> List(ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        await ClinicalCare.CheckListAsync(db, actor, ct);
        var results = Narrowed(LabResult.VisibleTo(db, actor), query);
        var (_, descending) = query.Ordering("-observed_at");
        results = descending ? results.OrderByDescending(r => r.ObservedAt).ThenByDescending(r => r.Id) : results.OrderBy(r => r.ObservedAt).ThenBy(r => r.Id);
        return await PageAsync(db, results, query, trail, ct);
    }

    private static async Task<PageAnswer<ResultResponse>> ListOfOrder(Guid id, ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var order = await LabOrder.VisibleTo(db, actor).FirstOrDefaultAsync(o => o.Id == id, ct) ?? throw ClinicalCare.Refuse(actor);
        trail.About("lab_order", id).Concerns(order.PatientId);
        return await PageAsync(db, LabResult.VisibleTo(db, actor).Where(r => r.OrderId == id).OrderBy(r => r.Id), query, trail, ct);
    }

    private static async Task<Answer<ResultResponse>> Get(Guid id, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var result = await ResultResponse.From(db, LabResult.VisibleTo(db, actor).Where(r => r.Id == id)).FirstOrDefaultAsync(ct) ?? throw ClinicalCare.Refuse(actor);
        trail.About("lab_result", id).Concerns(result.PatientId);
        return Answer.Ok(result);
    }

    private static IQueryable<LabResult> Narrowed(IQueryable<LabResult> results, ListQuery query)
    {
        if (query.Id("patient") is { } patient)
        {
            results = results.Where(r => r.PatientId == patient);
        }

        if (query.Id("order") is { } order)
        {
            results = results.Where(r => r.OrderId == order);
        }

        if (query.Id("test") is { } test)
        {
            results = results.Where(r => r.TestId == test);
        }

        if (query.Text("loinc", 10) is { } loinc)
        {
            results = results.Where(r => r.Loinc == loinc);
        }

        if (query.Enum<ResultState>("state") is { } state)
        {
            results = results.Where(r => r.State == state);
        }

        if (query.Enums<Interpretation>("flag") is { Count: > 0 } flags)
        {
            results = results.Where(r => flags.Contains(r.Flag));
        }

        if (query.Flag("is_critical") is { } isCritical)
        {
            results = results.Where(r => r.IsCritical == isCritical);
        }

        if (query.Flag("is_reviewed") is { } isReviewed)
        {
            results = results.Where(r => (r.ReviewedAt != null) == isReviewed);
        }

        if (query.Instant("from") is { } from)
        {
            results = results.Where(r => r.ObservedAt >= from);
        }

        return query.Instant("to") is { } to ? results.Where(r => r.ObservedAt < to) : results;
    }

    private static async Task<PageAnswer<ResultResponse>> PageAsync(CarelineDb db, IQueryable<LabResult> results, ListQuery query, AuditTrail trail, CancellationToken ct)
    {
        var page = await query.PageAsync(ResultResponse.From(db, results), ct);
        trail.Concerns(page.Rows.Select(r => r.PatientId));
        return Answer.Page(page);
    }
}
