using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Consultations.Consultations;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Careline.Consultations.Notes;

internal static class ListNotes
{
    public static void Map(RouteGroupBuilder consultations) => consultations.MapGet("/{id:guid}/notes/", Handle)
        .Named("ListConsultationNotes", "Lists the notes of a visit, newest first.")
        .ForRoles(Roles.Patient, Roles.Doctor, Roles.Nurse, Roles.Admin, Roles.SuperAdmin)
        .VisibleAs<Consultation>();

    private static async Task<PageAnswer<NoteResponse>> Handle(
        Guid id, ListQuery query, Actor actor, CarelineDb db, ConsultationReader reader, AuditTrail trail, CancellationToken ct)
    {
        var consultation = await reader.FindAsync(id, actor, ct);
        trail.About("consultation", id).Concerns(consultation.PatientId);
        var shows = await consultation.ShowsTextToAsync(db, actor, ct);
        return Answer.Page(await query.PageAsync(NoteResponse.From(db, id).Where(_ => shows), ct));
    }
}
