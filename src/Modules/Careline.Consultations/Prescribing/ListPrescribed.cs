using Careline.Accounts.Contracts;
using Careline.Consultations.Consultations;
using Careline.Prescriptions.Contracts;

namespace Careline.Consultations.Prescribing;

internal static class ListPrescribed
{
    public static void Map(RouteGroupBuilder consultations) => consultations.MapGet("/{id:guid}/prescriptions/", Handle)
        .Named("ListConsultationPrescriptions", "Lists the medicines prescribed in a visit, newest first.")
        .ForRoles(Roles.RecordReaders)
        .VisibleAs<Consultation>();

    private static Task<PageAnswer<PrescriptionLineRow>> Handle(
        Guid id, ListQuery query, Actor actor, IPrescriptions prescriptions, ConsultationReader reader, CancellationToken ct) =>
        reader.PageOfAsync(
            id, prescriptions.Lines.Where(l => l.ConsultationId == id).OrderByDescending(l => l.CreatedAt).ThenByDescending(l => l.Position), query, actor, ct);
}
