using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Doctors.Contracts;
using Careline.Patients.Contracts;
using Careline.Platform.Time;
using Careline.Scheduling.Contracts;

namespace Careline.Consultations.Consultations;

internal static class ListConsultations
{
    public static void Map(RouteGroupBuilder consultations) => consultations.MapGet("/", Handle)
        .Named("ListConsultations", "Lists the consultations that the caller may see. The date is a day in the calling doctor's zone, for others in UTC.")
        .ForRoles(Roles.RecordReaders)
        .WithFilters("status", "patient", "doctor", "appointment", "date", "review_by");

    private static async Task<PageAnswer<ConsultationOverview>> Handle(
        ListQuery query, Actor actor, CarelineDb db, ConsultationReader reader, AuditTrail trail, CancellationToken ct)
    {
        await ClinicalCare.CheckListAsync(db, actor, ct);
        var rows = Narrow(Consultation.VisibleTo(db, actor), query);
        if (query.Date("date") is { } date)
        {
            var doctor = actor.DoctorId;
            var zone = await db.Set<DoctorRow>().Where(d => d.Id == doctor).Select(d => d.TimeZone).FirstOrDefaultAsync(ct);
            var (from, to) = ZonedTimes.Day(date, string.IsNullOrEmpty(zone) ? "UTC" : zone);
            rows = rows.Where(c => db.Set<AppointmentRow>().Any(a => a.Id == c.AppointmentId && a.StartsAt >= from && a.StartsAt < to));
        }

        var page = await query.PageAsync(Order(reader.Overviews(rows, actor), query), ct);
        trail.Concerns(page.Rows.Select(c => c.Patient.Id));
        return Answer.Page(page);
    }

    private static IQueryable<Consultation> Narrow(IQueryable<Consultation> rows, ListQuery query)
    {
        if (query.Enums<ConsultationStatus>("status") is { Count: > 0 } statuses)
        {
            rows = rows.Where(c => statuses.Contains(c.Status));
        }

        if (query.Id("patient") is { } patient)
        {
            rows = rows.Where(c => c.PatientId == patient);
        }

        if (query.Id("doctor") is { } doctor)
        {
            rows = rows.Where(c => c.DoctorId == doctor);
        }

        if (query.Id("appointment") is { } appointment)
        {
            rows = rows.Where(c => c.AppointmentId == appointment);
        }

        return query.Date("review_by") is { } day ? rows.Where(c => c.StartedAt != null && c.ReviewDate <= day) : rows;
    }

    internal static IQueryable<ConsultationOverview> Order(IQueryable<ConsultationOverview> rows, ListQuery query) =>
        query.Ordering("-appointment_start", "created_at", "updated_at", "review_date") switch
        {
            ("created_at", false) => rows.OrderBy(c => c.CreatedAt).ThenBy(c => c.Id),
            ("created_at", true) => rows.OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id),
            ("updated_at", false) => rows.OrderBy(c => c.UpdatedAt).ThenBy(c => c.Id),
            ("updated_at", true) => rows.OrderByDescending(c => c.UpdatedAt).ThenByDescending(c => c.Id),
            ("review_date", false) => rows.OrderBy(c => c.ReviewDate).ThenBy(c => c.Id),
            ("review_date", true) => rows.OrderByDescending(c => c.ReviewDate).ThenByDescending(c => c.Id),
            (_, false) => rows.OrderBy(c => c.AppointmentStart).ThenBy(c => c.Id),
            _ => rows.OrderByDescending(c => c.AppointmentStart).ThenByDescending(c => c.Id),
        };
}
