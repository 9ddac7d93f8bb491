using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Consultations.Consultations;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Web;
using Careline.Vitals.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Careline.Consultations.VitalSigns;

internal static class ListVitalSigns
{
    public static void Map(RouteGroupBuilder consultations) => consultations.MapGet("/{id:guid}/vital-signs/", Handle)
        .Named("ListConsultationVitalSigns", "Lists the vital signs recorded in a visit, newest first.")
        .ForRoles(Roles.Patient, Roles.Doctor, Roles.Nurse, Roles.Admin, Roles.SuperAdmin)
        .VisibleAs<Consultation>();

    private static async Task<PageAnswer<VitalSetRow>> Handle(
        Guid id, ListQuery query, Actor actor, IVitals vitals, ConsultationReader reader, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var consultation = await reader.FindAsync(id, actor, ct);
        trail.About("consultation", id).Concerns(consultation.PatientId);
        var shows = await consultation.ShowsTextToAsync(db, actor, ct);
        var rows = vitals.Sets.Where(s => s.ConsultationId == id && shows).OrderByDescending(s => s.RecordedAt).ThenByDescending(s => s.Id);
        return Answer.Page(await query.PageAsync(rows, ct));
    }
}
