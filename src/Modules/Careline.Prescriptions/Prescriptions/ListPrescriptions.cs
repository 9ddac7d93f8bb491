using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Prescriptions.Prescriptions;

internal static class ListPrescriptions
{
    public static void Map(RouteGroupBuilder prescriptions) => prescriptions.MapGet("/", Handle)
        .Named("ListPrescriptions", "Lists the prescriptions that the caller may see, newest first.")
        .ForRoles([.. Roles.RecordReaders, Roles.Pharmacist])
        .WithFilters("status", "patient", "doctor", "consultation", "pharmacy");

    private static async Task<PageAnswer<PrescriptionResponse>> Handle(
        ListQuery query, Actor actor, CarelineDb db, IPrescriptions prescriptions, AuditTrail trail, CancellationToken ct)
    {
        await ClinicalCare.CheckListAsync(db, actor, ct);
        var rows = Prescription.VisibleTo(db, actor);
        if (query.Enum<PrescriptionStatus>("status") is { } status)
        {
            rows = rows.Where(p => p.Status == status);
        }

        if (query.Id("patient") is { } patient)
        {
            rows = rows.Where(p => p.PatientId == patient);
        }

        if (query.Id("doctor") is { } doctor)
        {
            rows = rows.Where(p => p.DoctorId == doctor);
        }

        if (query.Id("consultation") is { } consultation)
        {
            rows = rows.Where(p => p.ConsultationId == consultation);
        }

        if (query.Id("pharmacy") is { } pharmacy)
        {
            rows = rows.Where(p => p.PharmacyId == pharmacy);
        }

        var (_, descending) = query.Ordering("-created_at");
        rows = descending ? rows.OrderByDescending(p => p.CreatedAt).ThenByDescending(p => p.Id) : rows.OrderBy(p => p.CreatedAt).ThenBy(p => p.Id);
        var page = await query.PageAsync(PrescriptionResponse.From(db, rows), ct);
        trail.Concerns(page.Rows.Select(p => p.Patient.Id));
        return Answer.Page(page with { Rows = await PrescriptionResponse.WithLinesAsync(prescriptions, page.Rows, ct) });
    }
}
