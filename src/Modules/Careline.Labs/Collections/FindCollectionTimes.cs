using Careline.Clinics.Contracts;
using Careline.Platform.Time;

namespace Careline.Labs.Collections;

/// <summary>A time at which a sample can be taken.</summary>
/// <param name="ClinicId">By which clinic.</param>
/// <param name="Mode">Where.</param>
/// <param name="Start">When it begins.</param>
/// <param name="End">When it ends.</param>
/// <param name="TimeZone">By whose wall clock the following are said.</param>
/// <param name="Date">The day.</param>
/// <param name="StartTime">The time of day.</param>
/// <param name="Free">How many places are left.</param>
public sealed record CollectionTimeResponse(
    Guid ClinicId, CollectionMode Mode, DateTimeOffset Start, DateTimeOffset End, string TimeZone, DateOnly Date, TimeOnly StartTime, int Free);

internal static class FindCollectionTimes
{
    private const int MostDays = 31;

    public static void Map(RouteGroupBuilder labs) => labs.MapGet("/collection-times/", Handle)
        .Named("FindCollectionTimes", "Times at which a clinic takes samples and has places left: ?clinic=, ?mode=, ?date= or ?start_date= and ?end_date=.").ForSignedIn()
        .WithFilters("clinic", "mode", "date", "start_date", "end_date");

    private static async Task<PageAnswer<CollectionTimeResponse>> Handle(ListQuery query, CarelineDb db, CancellationToken ct)
    {
        var (clinicId, mode, day) = (query.Id("clinic"), query.Enum<CollectionMode>("mode") ?? CollectionMode.Laboratory, query.Date("date"));
        var (from, to) = (day ?? query.Date("start_date"), day ?? query.Date("end_date"));
        if (clinicId is null)
        {
            query.Fault("clinic", "Say which clinic.");
        }

        if (from is null || to is null || to < from || to.Value.DayNumber - from.Value.DayNumber >= MostDays)
        {
            query.Fault("date", $"Say a date, or start_date and end_date at most {MostDays} days apart.");
        }

        query.Check();
        var clinic = await db.Set<ClinicRow>().FirstOrDefaultAsync(c => c.Id == clinicId && c.IsOpen, ct);
        var plan = clinic is null ? null : await db.Set<CollectionPlan>().Include(p => p.Hours).FirstOrDefaultAsync(p => p.ClinicId == clinicId && p.Mode == mode, ct);
        var times = plan is null ? [] : await FreeAsync(db, plan, clinic!.TimeZone, from!.Value, to!.Value, ct);
        return Answer.Page(new Page<CollectionTimeResponse>([.. times.Skip(query.Skip).Take(query.PageSize)], times.Count, query.Page, query.PageSize));
    }

    private static async Task<List<CollectionTimeResponse>> FreeAsync(CarelineDb db, CollectionPlan plan, string zone, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var times = CollectionTimes.Of(plan, zone, from, to).FindAll(t => CollectionTimes.IsBookable(plan, t, db.Now));
        if (times.Count == 0)
        {
            return [];
        }

        var (first, last) = (times[0].Start, times[^1].End);
        var taken = await db.Set<Collection>()
            .Where(c => c.ClinicId == plan.ClinicId && c.Mode == plan.Mode && c.Status == CollectionStatus.Booked && c.StartsAt < last && first < c.EndsAt)
            .Select(c => new { c.StartsAt, c.EndsAt }).ToListAsync(ct);
        return
        [
            .. from time in times
               let free = plan.Capacity - taken.Count(t => t.StartsAt < time.End && time.Start < t.EndsAt)
               where free > 0
               let local = ZonedTimes.ToLocal(time.Start, zone)
               select new CollectionTimeResponse(plan.ClinicId, plan.Mode, time.Start, time.End, zone, local.Date, local.Time, free),
        ];
    }
}
