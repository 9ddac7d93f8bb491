using Careline.Accounts.Contracts;
using Careline.Consultations.Consultations;

namespace Careline.Consultations.Notes;

internal static class ListNotes
{
    public static void Map(RouteGroupBuilder consultations) => consultations.MapGet("/{id:guid}/notes/", Handle)
        .Named("ListConsultationNotes", "Lists the notes of a visit, newest first.")
        .ForRoles(Roles.RecordReaders)
        .VisibleAs<Consultation>();

    private static Task<PageAnswer<ConsultationNoteResponse>> Handle(
        Guid id, ListQuery query, Actor actor, CarelineDb db, ConsultationReader reader, CancellationToken ct) =>
        reader.PageOfAsync(id, ConsultationNoteResponse.From(db, id), query, actor, ct);
}
