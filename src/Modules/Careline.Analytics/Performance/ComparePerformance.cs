using Careline.Accounts.Contracts;
using Careline.Analytics.Figures;
using Careline.Clinics.Contracts;

namespace Careline.Analytics.Performance;

/// <summary>How a clinic's visits went.</summary>
/// <param name="ClinicId">The clinic.</param>
/// <param name="Name">Its name.</param>
/// <param name="Booked">Visits agreed.</param>
/// <param name="Completed">Visits that took place.</param>
/// <param name="Cancelled">Visits called off.</param>
/// <param name="Missed">Visits to which the patient did not come.</param>
/// <param name="Started">Visits begun.</param>
/// <param name="StartedOnTime">Of those, begun no later than five minutes after their time.</param>
public sealed record ClinicPerformance(Guid ClinicId, string Name, long Booked, long Completed, long Cancelled, long Missed, long Started, long StartedOnTime);

/// <summary>Doctors beside each other, and clinics.</summary>
internal static class ComparePerformance
{
    public static void Map(RouteGroupBuilder analytics)
    {
        analytics.MapGet("/performance/doctors/", Doctors).Named("CompareDoctors", "How the visits of doctors went, of a clinic or of all, for start_date to end_date.")
            .ForRoles(Scope.Askers).WithFilters(["clinic", .. Period.Names]).LimitedAsAnalytics();
        analytics.MapGet("/performance/clinics/", Clinics).Named("CompareClinics", "How the visits of clinics went, for start_date to end_date.")
            .ForRoles(Roles.Administrators).WithFilters(Period.Names).LimitedAsAnalytics();
    }

    private static async Task<PageAnswer<DoctorPerformance>> Doctors(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var clinic = query.Id("clinic");
        var (order, descending) = query.Ordering("-completed", "booked", "no_show_rate", "punctuality", "average_wait", "name");
        var days = Period.Of(query, db);
        var scope = await Scope.OfAsync(db, actor, clinic, null, ct);
        if (!scope.SeesAll)
        {
            throw new PermissionDenied("How doctors work is for those who run a clinic.");
        }

        var doctors = DoctorPerformance.Of(db, days, scope.ClinicId, scope.DoctorId);
        var ordered = (order, descending) switch
        {
            ("booked", false) => doctors.OrderBy(d => d.Booked),
            ("booked", true) => doctors.OrderByDescending(d => d.Booked),
            ("no_show_rate", false) => doctors.OrderBy(d => d.NoShowRate),
            ("no_show_rate", true) => doctors.OrderByDescending(d => d.NoShowRate ?? -1),
            ("punctuality", false) => doctors.OrderBy(d => d.Punctuality),
            ("punctuality", true) => doctors.OrderByDescending(d => d.Punctuality ?? -1),
            ("average_wait", false) => doctors.OrderBy(d => d.AverageWait),
            ("average_wait", true) => doctors.OrderByDescending(d => d.AverageWait ?? -1),
            ("name", false) => doctors.OrderBy(d => d.Name),
            ("name", true) => doctors.OrderByDescending(d => d.Name),
            (_, false) => doctors.OrderBy(d => d.Completed),
            _ => doctors.OrderByDescending(d => d.Completed),
        };
        return Answer.Page(await query.PageAsync(ordered.ThenBy(d => d.DoctorId), ct));
    }

    private static async Task<PageAnswer<ClinicPerformance>> Clinics(ListQuery query, CarelineDb db, CancellationToken ct)
    {
        query.Ordering("-completed");
        var days = Period.Of(query, db);
        var sums = db.Set<VisitDay>().Where(d => d.ScopeId != Scope.PlatformId && d.Day >= days.First && d.Day <= days.Last).GroupBy(d => d.ScopeId)
            .Select(g => new
            {
                Id = g.Key,
                Booked = g.Sum(d => d.Booked),
                Completed = g.Sum(d => d.Completed),
                Cancelled = g.Sum(d => d.Cancelled),
                Missed = g.Sum(d => d.Missed),
                Started = g.Sum(d => d.Started),
                StartedOnTime = g.Sum(d => d.StartedOnTime),
            });
        return Answer.Page(await query.PageAsync(
            from s in sums
            join c in db.Set<ClinicRow>() on s.Id equals c.Id
            orderby s.Completed descending, s.Id
            select new ClinicPerformance(s.Id, c.Name, s.Booked, s.Completed, s.Cancelled, s.Missed, s.Started, s.StartedOnTime),
            ct));
    }
}
