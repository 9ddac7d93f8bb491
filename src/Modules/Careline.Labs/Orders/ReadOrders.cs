using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Labs.Orders;

internal static class ReadOrders
{
    public static void Map(RouteGroupBuilder orders)
    {
        orders.MapGet("/", List).Named("ListLabOrders", "Lists the orders that the caller may see, newest first.").ForRoles(Roles.RecordReaders)
            .WithFilters("status", "priority", "patient", "doctor", "consultation", "clinic");
        orders.MapGet("/{id:guid}/", Get).Named("GetLabOrder", "Shows one order with its tests.").ForRoles(Roles.RecordReaders).VisibleAs<LabOrder>();
    }

    private static async Task<PageAnswer<LabOrderRow>> List(ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        await ClinicalCare.CheckListAsync(db, actor, ct);
        var orders = LabOrder.VisibleTo(db, actor);
        if (query.Enums<LabOrderStatus>("status") is { Count: > 0 } statuses)
        {
            orders = orders.Where(o => statuses.Contains(o.Status));
        }

        if (query.Enum<LabPriority>("priority") is { } priority)
        {
            orders = orders.Where(o => o.Priority == priority);
        }

        if (query.Id("patient") is { } patient)
        {
            orders = orders.Where(o => o.PatientId == patient);
        }

        if (query.Id("doctor") is { } doctor)
        {
            orders = orders.Where(o => o.DoctorId == doctor);
        }

        if (query.Id("consultation") is { } consultation)
        {
            orders = orders.Where(o => o.ConsultationId == consultation);
        }

        if (query.Id("clinic") is { } clinic)
        {
            orders = orders.Where(o => o.ClinicId == clinic);
        }

        if (query.Search is { } number)
        {
            orders = orders.Where(o => o.Number == number.ToUpperInvariant());
        }

        var (_, descending) = query.Ordering("-ordered_at");
        orders = descending ? orders.OrderByDescending(o => o.OrderedAt).ThenByDescending(o => o.Id) : orders.OrderBy(o => o.OrderedAt).ThenBy(o => o.Id);
        var page = await query.PageAsync(Ordering.Rows(db, orders), ct);
        trail.Concerns(page.Rows.Select(o => o.Patient.Id));
        return Answer.Page(page);
    }

    private static async Task<Answer<LabOrderRow>> Get(Guid id, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var order = await Ordering.Rows(db, LabOrder.VisibleTo(db, actor).Where(o => o.Id == id)).FirstOrDefaultAsync(ct) ?? throw ClinicalCare.Refuse(actor);
        trail.About("lab_order", id).Concerns(order.Patient.Id);
        return Answer.Ok(order);
    }
}
