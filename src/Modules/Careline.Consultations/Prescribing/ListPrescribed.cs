using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Consultations.Consultations;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Web;
using Careline.Prescriptions.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Careline.Consultations.Prescribing;

internal static class ListPrescribed
{
    public static void Map(RouteGroupBuilder consultations) => consultations.MapGet("/{id:guid}/prescriptions/", Handle)
        .Named("ListConsultationPrescriptions", "Lists the medicines prescribed in a visit, newest first.")
        .ForRoles(Roles.Patient, Roles.Doctor, Roles.Nurse, Roles.Admin, Roles.SuperAdmin)
        .VisibleAs<Consultation>();

    private static async Task<PageAnswer<PrescriptionLineRow>> Handle(
        Guid id, ListQuery query, Actor actor, IPrescriptions prescriptions, ConsultationReader reader, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var consultation = await reader.FindAsync(id, actor, ct);
        trail.About("consultation", id).Concerns(consultation.PatientId);
        var shows = await consultation.ShowsTextToAsync(db, actor, ct);
        var rows = prescriptions.Lines.Where(l => l.ConsultationId == id && shows)
            .OrderByDescending(l => l.CreatedAt).ThenByDescending(l => l.Position);
        return Answer.Page(await query.PageAsync(rows, ct));
    }
}
