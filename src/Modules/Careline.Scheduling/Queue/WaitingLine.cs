using Careline.Scheduling.Appointments;

namespace Careline.Scheduling.Queue;

/// <summary>A visit of a doctor's day as the line sees it.</summary>
internal sealed record LinedUp(Guid Id, AppointmentStatus Status, DateTimeOffset Start, TimeSpan Planned, DateTimeOffset? CheckedInAt, DateTimeOffset? StartedAt)
{
    public static LinedUp Of(Appointment visit) =>
        new(visit.Id, visit.Status, visit.StartsAt, visit.EndsAt - visit.StartsAt, visit.CheckedInAt, visit.StartedAt);
}

/// <summary>How long visits really last as a share of their plan: what is usual, and the bounds between which most lie.</summary>
internal sealed record Pace(double Usual, double Quick, double Slow)
{
    /// <summary>Where too few visits are known to tell.</summary>
    public static Pace Unknown { get; } = new(1, 0.75, 1.5);
}

/// <summary>A place in the line, and how long it will take.</summary>
internal sealed record Place(int Position, int ExpectedMinutes, int AtLeastMinutes, int AtMostMinutes);

/// <summary>
/// Who waits for a doctor and for how long: those who are there, in the order of their times; who comes before or with somebody else's time is called first. One
/// visit after the other, at the doctor's own pace; nobody is called before the own time unless the doctor is free.
/// </summary>
internal static class WaitingLine
{
    // Who comes later than this is not waited for.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(15);

    /// <summary>The states of visits that are still to be, or are.</summary>
    public static IReadOnlyList<AppointmentStatus> OfTheDay { get; } =
        [AppointmentStatus.Scheduled, AppointmentStatus.Confirmed, AppointmentStatus.CheckedIn, AppointmentStatus.InProgress];

    /// <summary>
    /// By how much those who are still to be seen will be seen later than agreed, at the doctor's usual pace. Who has not come although the time has passed holds
    /// nobody up.
    /// </summary>
    public static IReadOnlyDictionary<Guid, TimeSpan> Delays(IEnumerable<LinedUp> day, Pace pace, DateTimeOffset now)
    {
        var all = day.ToList();
        var free = now + Left(all, pace.Usual, now);
        var delays = new Dictionary<Guid, TimeSpan>();
        foreach (var visit in all.Where(v => v.Status != AppointmentStatus.InProgress).OrderBy(v => v.Start).ThenBy(v => v.CheckedInAt))
        {
            if (visit.Status == AppointmentStatus.CheckedIn || visit.Start + _patience > now)
            {
                var begins = free > visit.Start ? free : visit.Start;
                delays[visit.Id] = begins - visit.Start;
                free = begins + (visit.Planned * pace.Usual);
            }
        }

        return delays;
    }

    public static IReadOnlyDictionary<Guid, Place> Of(IEnumerable<LinedUp> day, Pace pace, DateTimeOffset now)
    {
        var all = day.ToList();
        var (usual, quick, slow) = (Left(all, pace.Usual, now), Left(all, pace.Quick, now), Left(all, pace.Slow, now));
        var places = new Dictionary<Guid, Place>();
        foreach (var waiting in all.Where(v => v.Status == AppointmentStatus.CheckedIn).OrderBy(v => v.Start).ThenBy(v => v.CheckedInAt))
        {
            places[waiting.Id] = new Place(places.Count + 1, Minutes(usual), Minutes(quick), Minutes(slow));
            usual += waiting.Planned * pace.Usual;
            quick += waiting.Planned * pace.Quick;
            slow += waiting.Planned * pace.Slow;
        }

        return places;
    }

    private static TimeSpan Left(IEnumerable<LinedUp> day, double share, DateTimeOffset now) => day.Where(v => v.Status == AppointmentStatus.InProgress)
        .Select(v => (v.StartedAt ?? v.Start) + (v.Planned * share) - now).Append(TimeSpan.Zero).Max();

    private static int Minutes(TimeSpan wait) => (int)Math.Ceiling(wait.TotalMinutes);
}
