using Careline.Accounts.Contracts;
using Careline.Consultations.Consultations;
using Careline.Vitals.Contracts;

namespace Careline.Consultations.VitalSigns;

internal static class ListVitalSigns
{
    public static void Map(RouteGroupBuilder consultations) => consultations.MapGet("/{id:guid}/vital-signs/", Handle)
        .Named("ListConsultationVitalSigns", "Lists the vital signs recorded in a visit, newest first.")
        .ForRoles(Roles.RecordReaders)
        .VisibleAs<Consultation>();

    private static Task<PageAnswer<VitalSetRow>> Handle(
        Guid id, ListQuery query, Actor actor, IVitals vitals, ConsultationReader reader, CancellationToken ct) =>
        reader.PageOfAsync(id, vitals.Sets.Where(s => s.ConsultationId == id).OrderByDescending(s => s.RecordedAt).ThenByDescending(s => s.Id), query, actor, ct);
}
