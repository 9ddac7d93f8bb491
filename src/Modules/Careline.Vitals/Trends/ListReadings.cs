using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Vitals.Observations;

namespace Careline.Vitals.Trends;

internal static class ListReadings
{
    public static void Map(RouteGroupBuilder patients) => patients.MapGet("/{id:guid}/vital-signs/", Handle)
        .Named("ListPatientVitalSigns", "Lists what was measured of a patient, in visits and by devices, the newest first.").ForRoles(Roles.RecordReaders)
        .VisibleAs<MeasuredPatient>().WithFilters("measure", "date_from", "date_to");

    private static async Task<PageAnswer<VitalSetRow>> Handle(
        Guid id, ListQuery query, Actor actor, IVitals vitals, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        await MeasuredPatient.RequireAsync(db, actor, id, ct);
        var sets = vitals.Sets.Where(s => s.PatientId == id);
        if (query.Enum<Measure>("measure") is { } measure)
        {
            sets = sets.Where(s => db.Set<Observation>().Any(o => o.SetId == s.Id && o.Measure == measure));
        }

        if (query.Instant("date_from") is { } from)
        {
            sets = sets.Where(s => s.RecordedAt >= from);
        }

        if (query.Instant("date_to") is { } to)
        {
            // A day is meant whole; an instant is the first that does not count any more.
            var until = query.Text("date_to")!.Length == "yyyy-MM-dd".Length ? to.AddDays(1) : to;
            sets = sets.Where(s => s.RecordedAt < until);
        }

        var (_, descending) = query.Ordering("-recorded_at");
        var page = await query.PageAsync(
            descending ? sets.OrderByDescending(s => s.RecordedAt).ThenByDescending(s => s.Id) : sets.OrderBy(s => s.RecordedAt).ThenBy(s => s.Id), ct);
        trail.About("patient", id).Concerns(id);
        return Answer.Page(page);
    }
}
