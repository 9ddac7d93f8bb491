using Careline.Audit.Contracts;
using Careline.Clinics.Contracts;
using Careline.Patients.Patients;

namespace Careline.Patients.Clinics;

/// <summary>A patient of a clinic: who it is and how to reach them, and nothing clinical, whoever asks.</summary>
/// <param name="Id">The patient.</param>
/// <param name="Number">The human number, such as <c>PAT-000123</c>.</param>
/// <param name="Name">Given and family name.</param>
/// <param name="Phone">E.164.</param>
/// <param name="Email">E-mail address.</param>
/// <param name="Source">How the clinic came to know them.</param>
/// <param name="Since">Since when.</param>
/// <param name="RegisteredBy">The account of who registered them there.</param>
public sealed record ClinicPatientResponse(
    Guid Id, string Number, string Name, string? Phone, string? Email, PatientClinicSource Source, DateTimeOffset Since, Guid? RegisteredBy);

/// <summary>The patients whom a clinic knows, as far as the caller may know of each: the desk all, who cares those in care.</summary>
internal static class ListClinicPatients
{
    public static void Map(IEndpointRouteBuilder clinics) =>
        clinics.MapGet("/{id:guid}/patients/", Handle).Named("ListClinicPatients", "The patients of a clinic whom the caller may know of, the newest first.")
            .ForSignedIn().VisibleAs<StaffedClinic>().WithFilters("source");

    private static async Task<PageAnswer<ClinicPatientResponse>> Handle(Guid id, ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        if (!await StaffedClinic.VisibleTo(db, actor).AnyAsync(c => c.Id == id, ct))
        {
            throw new NotFound();
        }

        var known = db.Set<PatientClinic>().Where(k => k.ClinicId == id);
        if (query.Enum<PatientClinicSource>("source") is { } source)
        {
            known = known.Where(k => k.Source == source);
        }

        var patients = Patient.VisibleTo(db, actor);
        foreach (var pattern in query.SearchPatterns)
        {
            patients = patients.Where(p => EF.Functions.ILike(p.SearchText, pattern, @"\"));
        }

        var rows = from k in known join p in patients on k.PatientId equals p.Id select new { Known = k, Patient = p };
        var (order, descending) = query.Ordering("-since", "name");
        rows = ((order, descending) switch
        {
            ("name", false) => rows.OrderBy(r => r.Patient.Name),
            ("name", true) => rows.OrderByDescending(r => r.Patient.Name),
            (_, false) => rows.OrderBy(r => r.Known.Since),
            _ => rows.OrderByDescending(r => r.Known.Since),
        }).ThenBy(r => r.Patient.Id);
        var page = await query.PageAsync(
            rows,
            r => new ClinicPatientResponse(
                r.Patient.Id, r.Patient.Number, r.Patient.Name, r.Patient.Phone, r.Patient.Email, r.Known.Source, r.Known.Since, r.Known.RegisteredBy),
            ct);
        trail.Concerns(page.Rows.Select(p => p.Id));
        return Answer.Page(page);
    }
}
