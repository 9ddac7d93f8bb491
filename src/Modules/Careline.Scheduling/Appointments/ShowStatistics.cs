using Careline.Audit.Contracts;
using Careline.Doctors.Contracts;

namespace Careline.Scheduling.Appointments;

/// <summary>Counts of the appointments that the caller may see.</summary>
/// <param name="Total">All.</param>
/// <param name="ByStatus">By state.</param>
/// <param name="ByModality">By how the two meet.</param>
/// <param name="ByVisitType">By why somebody comes.</param>
/// <param name="Today">Beginning today.</param>
/// <param name="Upcoming">Ahead and still to happen.</param>
/// <param name="CompletedThisMonth">Completed since the month began, UTC.</param>
/// <param name="NoShowRate">Missed, as a share of missed and completed; 0 where there are none.</param>
public sealed record AppointmentStatistics(
    int Total,
    IReadOnlyDictionary<string, int> ByStatus,
    IReadOnlyDictionary<string, int> ByModality,
    IReadOnlyDictionary<string, int> ByVisitType,
    int Today,
    int Upcoming,
    int CompletedThisMonth,
    double NoShowRate);

internal static class ShowStatistics
{
    public static void Map(RouteGroupBuilder group) => group.MapGet("/statistics/", Handle)
        .Named("ShowAppointmentStatistics", "Counts the appointments that the caller may see.").WithFilters("time_zone").ForSignedIn();

    private static async Task<Answer<AppointmentStatistics>> Handle(
        ListQuery query, Actor actor, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var (from, to) = await TodayOf.CallerAsync(query, actor, db, ct);
        var now = db.Now;
        var month = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var rows = Appointment.VisibleTo(db, actor);
        var groups = await rows.GroupBy(a => new { a.Status, a.Modality, a.VisitType })
            .Select(g => new
            {
                g.Key.Status,
                g.Key.Modality,
                g.Key.VisitType,
                Count = g.Count(),
                Today = g.Count(a => a.StartsAt >= from && a.StartsAt < to),
                Ahead = g.Count(a => a.StartsAt > now),
                EndedThisMonth = g.Count(a => a.EndedAt >= month),
            })
            .ToListAsync(ct);

        int Of(AppointmentStatus status) => groups.Where(g => g.Status == status).Sum(g => g.Count);
        var (missed, completed) = (Of(AppointmentStatus.NoShow), Of(AppointmentStatus.Completed));
        return Answer.Ok(new AppointmentStatistics(
            groups.Sum(g => g.Count),
            Count<AppointmentStatus>(groups.Select(g => (g.Status, g.Count))),
            Count<Modality>(groups.Select(g => (g.Modality, g.Count))),
            Count<VisitType>(groups.Select(g => (g.VisitType, g.Count))),
            groups.Sum(g => g.Today),
            groups.Where(g => Moves.Occupies(g.Status)).Sum(g => g.Ahead),
            groups.Where(g => g.Status == AppointmentStatus.Completed).Sum(g => g.EndedThisMonth),
            missed == 0 ? 0 : Math.Round((double)missed / (missed + completed), 4)));
    }

    /// <summary>Every value is named, also those that do not occur.</summary>
    private static Dictionary<string, int> Count<T>(IEnumerable<(T Value, int Count)> counts)
        where T : struct, Enum
    {
        var all = Enum.GetValues<T>().ToDictionary(EnumText<T>.Of, _ => 0);
        foreach (var (value, count) in counts)
        {
            all[EnumText<T>.Of(value)] += count;
        }

        return all;
    }
}
