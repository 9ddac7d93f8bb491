using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Patients.Clinics;
using Careline.Patients.History;

namespace Careline.Patients.Patients;

internal static class ListPatients
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/", Handle).Named("ListPatients", "The patients that the caller may see; patients see themselves and those for whom they act.").ForSignedIn()
            .WithFilters("gender", "is_active", "doctor", "clinic", "insurance_number");

    private static async Task<PageAnswer<PatientResponse>> Handle(
        ListQuery query, Actor actor, CarelineDb db, SealedFields fields, AuditTrail trail, CancellationToken ct)
    {
        var patients = Patient.VisibleTo(db, actor);
        if (query.Enum<Gender>("gender") is { } gender)
        {
            patients = patients.Where(p => p.Gender == gender);
        }

        if (query.Flag("is_active") is { } isActive)
        {
            patients = patients.Where(p => p.IsActive == isActive);
        }

        if (query.Id("doctor") is { } doctor)
        {
            patients = OfDoctor(patients, db, actor, doctor);
        }

        if (query.Id("clinic") is { } clinic)
        {
            patients = patients.Where(p => db.Set<PatientClinic>().Any(c => c.PatientId == p.Id && c.ClinicId == clinic));
        }

        if (query.Text("insurance_number", 64) is { } number)
        {
            patients = InsuredAs(patients, db, actor, fields.IndexOf(number));
        }

        foreach (var pattern in query.SearchPatterns)
        {
            patients = patients.Where(p => EF.Functions.ILike(p.SearchText, pattern, @"\"));
        }

        var (order, descending) = query.Ordering("name", "created_at", "number", "date_of_birth");
        var page = await query.PageAsync(Ordered(patients, order, descending), PatientResponse.Projection(db, actor), ct);
        trail.Concerns(page.Rows.Select(p => p.Id));
        return Answer.Page(page);
    }

    /// <summary>A doctor's patients: those who named the doctor, and for the doctor's own list everybody in care at this moment.</summary>
    private static IQueryable<Patient> OfDoctor(IQueryable<Patient> patients, CarelineDb db, Actor actor, Guid doctor)
    {
        if (actor.DoctorId != doctor)
        {
            return patients.Where(p => p.PrimaryDoctorId == doctor);
        }

        var caring = ClinicalCare.InForce(db, actor).Where(r => r.Reason != CareReason.Proxy).Select(r => r.PatientId);
        return patients.Where(p => p.PrimaryDoctorId == doctor || caring.Contains(p.Id));
    }

    /// <summary>By the whole number only: it is kept in a form in which nothing else can be asked of it.</summary>
    private static IQueryable<Patient> InsuredAs(IQueryable<Patient> patients, CarelineDb db, Actor actor, byte[] index) =>
        actor.IsAdmin || actor.Is(Roles.Receptionist)
            ? patients.Where(p => db.Set<Insurance>().Any(i => i.PatientId == p.Id && i.RemovedAt == null && i.MemberNumberIndex == index))
            : throw new PermissionDenied("Only the desk and administrators look for insurance numbers.");

    private static IQueryable<Patient> Ordered(IQueryable<Patient> patients, string order, bool descending) => ((order, descending) switch
    {
        ("created_at", false) => patients.OrderBy(p => p.CreatedAt),
        ("created_at", true) => patients.OrderByDescending(p => p.CreatedAt),
        ("number", false) => patients.OrderBy(p => p.Number),
        ("number", true) => patients.OrderByDescending(p => p.Number),
        ("date_of_birth", false) => patients.OrderBy(p => p.DateOfBirth),
        ("date_of_birth", true) => patients.OrderBy(p => p.DateOfBirth == null).ThenByDescending(p => p.DateOfBirth),
        (_, true) => patients.OrderByDescending(p => p.Name),
        _ => patients.OrderBy(p => p.Name),
    }).ThenBy(p => p.Id);
}
