using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Consultations.Consultations;
using Careline.Patients.Contracts;

namespace Careline.Consultations.Charts;

internal static class ListPatientConsultations
{
    public static void Map(RouteGroupBuilder patients) => patients.MapGet("/{id:guid}/consultations/", Handle)
        .Named("ListPatientConsultations", "Lists a patient's visits, newest first.")
        .ForRoles(Roles.RecordReaders)
        .VisibleAs<PatientChart>()
        .WithFilters("status");

    private static async Task<PageAnswer<ConsultationOverview>> Handle(
        Guid id, ListQuery query, Actor actor, CarelineDb db, ConsultationReader reader, AuditTrail trail, CancellationToken ct)
    {
        var rows = Consultation.VisibleTo(db, actor).Where(c => c.PatientId == id);

        // A doctor whose care has ended finds here what he wrote.
        if (!await PatientChart.VisibleTo(db, actor).AnyAsync(p => p.Id == id, ct) && !await rows.AnyAsync(ct))
        {
            throw ClinicalCare.Refuse(actor);
        }

        trail.About("patient", id).Concerns(id);
        if (query.Enums<ConsultationStatus>("status") is { Count: > 0 } statuses)
        {
            rows = rows.Where(c => statuses.Contains(c.Status));
        }

        return Answer.Page(await query.PageAsync(ListConsultations.Order(reader.Overviews(rows, actor), query), ct));
    }
}
