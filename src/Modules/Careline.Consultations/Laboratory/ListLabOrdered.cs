using Careline.Accounts.Contracts;
using Careline.Consultations.Consultations;
using Careline.Labs.Contracts;

namespace Careline.Consultations.Laboratory;

internal static class ListLabOrdered
{
    public static void Map(RouteGroupBuilder consultations) => consultations.MapGet("/{id:guid}/lab-orders/", Handle)
        .Named("ListConsultationLabOrders", "Lists what was ordered of the laboratory in a visit, newest first.")
        .ForRoles(Roles.RecordReaders)
        .VisibleAs<Consultation>();

    private static Task<PageAnswer<LabOrderRow>> Handle(Guid id, ListQuery query, Actor actor, ILabs labs, ConsultationReader reader, CancellationToken ct) =>
        reader.PageOfAsync(id, labs.Orders.Where(o => o.ConsultationId == id).OrderByDescending(o => o.OrderedAt).ThenByDescending(o => o.Id), query, actor, ct);
}
