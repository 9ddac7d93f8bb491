using Careline.Audit.Contracts;
using Careline.Scheduling.Appointments;
using Microsoft.Extensions.Options;

namespace Careline.Scheduling.Requests;

internal static class ListRequests
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/", HandleList)
            .Named("ListAppointmentRequests", "Lists the requests that the caller may see, the newest first.").WithFilters("status", "doctor", "patient").ForSignedIn();
        group.MapGet("/{id:guid}/", HandleRead)
            .Named("ReadAppointmentRequest", "Reads a request.").ForSignedIn().VisibleAs<AppointmentRequest>();
    }

    private static async Task<PageAnswer<RequestResponse>> HandleList(
        ListQuery query, Actor actor, AuditTrail trail, IOptions<SchedulingOptions> options, CarelineDb db, CancellationToken ct)
    {
        var (statuses, doctorId, patientId) = (query.Enums<AppointmentStatus>("status"), query.Id("doctor"), query.Id("patient"));
        query.Check();
        var asked = db.Set<AppointmentRequest>();
        var rows = Appointment.VisibleTo(db, actor).Where(a => asked.Any(r => r.Id == a.Id)
            && (statuses.Count == 0 || statuses.Contains(a.Status))
            && (doctorId == null || a.DoctorId == doctorId)
            && (patientId == null || a.PatientId == patientId));
        var total = await rows.LongCountAsync(ct);
        var page = rows.OrderByDescending(a => a.CreatedAt).ThenByDescending(a => a.Id).Skip(query.Skip).Take(query.PageSize);
        var views = await AppointmentView.Of(db, page, actor).ToListAsync(ct);
        var ids = views.Select(v => v.Appointment.Id).ToArray();
        var requests = await asked.Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, ct);
        trail.Concerns(views.Select(v => v.Appointment.PatientId));
        var shown = views.OrderByDescending(v => v.Appointment.CreatedAt).ThenByDescending(v => v.Appointment.Id)
            .Select(v => RequestResponse.From(v, requests[v.Appointment.Id], options.Value));
        return Answer.Page(new Page<RequestResponse>([.. shown], total, query.Page, query.PageSize));
    }

    private static async Task<Answer<RequestResponse>> HandleRead(
        Guid id, Actor actor, AuditTrail trail, IOptions<SchedulingOptions> options, CarelineDb db, CancellationToken ct)
    {
        var view = await AppointmentView.FindAsync(db, actor, id, ct);
        var request = await db.Set<AppointmentRequest>().FirstOrDefaultAsync(r => r.Id == id, ct) ?? throw new NotFound();
        trail.About("appointment", id).Concerns(view.Appointment.PatientId);
        return Answer.Ok(RequestResponse.From(view, request, options.Value));
    }
}
