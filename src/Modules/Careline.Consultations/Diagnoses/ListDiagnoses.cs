using Careline.Accounts.Contracts;
using Careline.Consultations.Consultations;

namespace Careline.Consultations.Diagnoses;

internal static class ListDiagnoses
{
    public static void Map(RouteGroupBuilder consultations) => consultations.MapGet("/{id:guid}/diagnoses/", Handle)
        .Named("ListConsultationDiagnoses", "Lists the diagnoses of a visit, newest first.")
        .ForRoles(Roles.RecordReaders)
        .VisibleAs<Consultation>();

    private static Task<PageAnswer<DiagnosisResponse>> Handle(
        Guid id, ListQuery query, Actor actor, CarelineDb db, ConsultationReader reader, CancellationToken ct) =>
        reader.PageOfAsync(id, DiagnosisResponse.From(db, id), query, actor, ct);
}
