using System.Linq.Expressions;
using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Clinics.Contracts;
using Careline.Doctors.Contracts;
using Npgsql;

namespace Careline.Scheduling.Appointments;

internal static class ListAppointments
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/", Handle)
            .Named("ListAppointments", "Lists the appointments that the caller may see, the newest first.")
            .WithFilters(AppointmentFilter.Names).ForSignedIn();
        group.MapGet("/upcoming/", HandleUpcoming)
            .Named("ListUpcomingAppointments", "Lists what lies ahead, the next first.").ForSignedIn();
        group.MapGet("/today/", HandleToday)
            .Named("ListTodaysAppointments", "Lists the day's appointments in order.").WithFilters("time_zone").ForSignedIn();
    }

    /// <summary>The calendar of a clinic, for who works there.</summary>
    public static void MapOfClinic(RouteGroupBuilder clinics) => clinics.MapGet("/{id:guid}/appointments/", HandleOfClinic)
        .Named("ListClinicAppointments", "A clinic's appointments that the caller may see, in order; doctors see their own.")
        .WithFilters(AppointmentFilter.Names).ForSignedIn().VisibleAs<StaffedClinic>();

    private static async Task<PageAnswer<AppointmentResponse>> HandleOfClinic(
        Guid id, ListQuery query, Actor actor, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        if (!await StaffedClinic.VisibleTo(db, actor).AnyAsync(c => c.Id == id, ct))
        {
            throw new NotFound();
        }

        var rows = AppointmentFilter.Read(query).Narrow(db, Appointment.VisibleTo(db, actor).Where(a => a.ClinicId == id));
        return await ShowAsync(By(rows, a => a.StartsAt, query.Ordering("start").Descending), query, actor, trail, db, ct);
    }

    private static async Task<PageAnswer<AppointmentResponse>> Handle(
        ListQuery query, Actor actor, AuditTrail trail, CarelineDb db, NpgsqlDataSource database, DatabaseTurns turns, IDoctorLookup doctors, CancellationToken ct)
    {
        var filter = AppointmentFilter.Read(query);
        var order = query.Ordering("-created_at", "start", "status");
        query.Check();
        if (filter.IsEmpty && order is ("created_at", true) && Appointment.IsOnlyPatient(actor) && actor.PatientId is { } patientId
            && await OwnAppointments.ReadAsync(database, turns, doctors, actor, patientId, db.Now, query, ct) is { } own)
        {
            return Show(own, actor, trail, db);
        }

        var rows = filter.Narrow(db, Appointment.VisibleTo(db, actor));
        var ordered = order.Name switch
        {
            "start" => By(rows, a => a.StartsAt, order.Descending),
            "status" => By(rows, a => a.Status, order.Descending),
            _ => By(rows, a => a.CreatedAt, order.Descending),
        };
        return await ShowAsync(ordered, query, actor, trail, db, ct);
    }

    private static Task<PageAnswer<AppointmentResponse>> HandleUpcoming(
        ListQuery query, Actor actor, AuditTrail trail, CarelineDb db, CancellationToken ct) =>
        ShowAsync(By(AppointmentFilter.Upcoming(Appointment.VisibleTo(db, actor), db.Now), a => a.StartsAt, false), query, actor, trail, db, ct);

    private static async Task<PageAnswer<AppointmentResponse>> HandleToday(
        ListQuery query, Actor actor, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var (from, to) = await TodayOf.CallerAsync(query, actor, db, ct);
        var rows = Appointment.VisibleTo(db, actor).Where(a => a.StartsAt >= from && a.StartsAt < to);
        return await ShowAsync(By(rows, a => a.StartsAt, false), query, actor, trail, db, ct);
    }

    private static IQueryable<Appointment> By<TKey>(IQueryable<Appointment> rows, Expression<Func<Appointment, TKey>> key, bool descending) =>
        descending ? rows.OrderByDescending(key).ThenByDescending(a => a.Id) : rows.OrderBy(key).ThenBy(a => a.Id);

    private static async Task<PageAnswer<AppointmentResponse>> ShowAsync(
        IQueryable<Appointment> ordered, ListQuery query, Actor actor, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        query.Check();
        var total = await ordered.LongCountAsync(ct);
        var views = total > query.Skip
            ? await AppointmentView.Of(db, ordered.Skip(query.Skip).Take(query.PageSize), actor).ToListAsync(ct) : [];
        return Show(new Page<AppointmentView>(views, total, query.Page, query.PageSize), actor, trail, db);
    }

    private static PageAnswer<AppointmentResponse> Show(Page<AppointmentView> page, Actor actor, AuditTrail trail, CarelineDb db)
    {
        var now = db.Now;
        var rows = new AppointmentResponse[page.Rows.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = AppointmentResponse.From(page.Rows[i], actor, now);
            trail.Concerns(rows[i].Patient.Id);
        }

        return Answer.Page(new Page<AppointmentResponse>(rows, page.Total, page.Number, page.Size));
    }
}
