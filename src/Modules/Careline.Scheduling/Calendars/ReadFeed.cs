using Careline.Accounts.Contracts;
using Careline.Patients.Contracts;
using Careline.Platform.Delivery;
using Careline.Scheduling.Appointments;
using Microsoft.Extensions.Options;

namespace Careline.Scheduling.Calendars;

/// <summary>
/// What a calendar program reads: the person's own visits and those of patients whom the person books for, or the doctor's. It says when they are and
/// nothing of anybody, and is asked for every few minutes: so it stands in no access log.
/// </summary>
internal static class ReadFeed
{
    private const int MostEntries = 2000;

    private static readonly AppointmentStatus[] _shown =
    [
        AppointmentStatus.Requested, AppointmentStatus.Scheduled, AppointmentStatus.Confirmed, AppointmentStatus.CheckedIn, AppointmentStatus.InProgress,
        AppointmentStatus.Completed, AppointmentStatus.Cancelled,
    ];

    public static void Map(RouteGroupBuilder group) => group.MapGet("/feeds/{token}.ics", Handle)
        .Named("ReadCalendarFeed", "The appointments of a feed's owner as a calendar file, from a month ago to a year ahead.")
        .ForAnyone("Calendar programs cannot sign in; the token in the address is the key.").ProducesCalendar();

    private static async Task<IResult> Handle(
        string token, HttpRequest http, IAccountActors actors, Phrases phrases, IOptions<SchedulingOptions> options, CarelineDb db, CancellationToken ct)
    {
        var (hash, now) = (OpaqueToken.HashOf(token), db.Now);
        var feed = await db.Set<CalendarFeed>().FirstOrDefaultAsync(f => f.TokenHash == hash, ct) ?? throw new NotFound();
        var owner = await actors.FindAsync(feed.AccountId, ct) ?? throw new NotFound();
        var (from, to) = (now.AddDays(-30), now.AddDays(400));
        var entries = await CalendarEntry.Of(db, Own(db, owner)
                .Where(a => a.StartsAt > from && a.StartsAt < to && a.EndsAt > a.StartsAt && _shown.Contains(a.Status))
                .OrderBy(a => a.StartsAt).ThenBy(a => a.Id).Take(MostEntries))
            .ToListAsync(ct);
        if (feed.LastReadAt is null || feed.LastReadAt < now.AddHours(-1))
        {
            await db.Database.ExecuteSqlAsync($"UPDATE scheduling.calendar_feeds SET last_read_at = {now} WHERE id = {feed.Id}", ct);
        }

        return CalendarFile.Feed(CalendarEntry.AsFeed(entries, phrases.Say("scheduling.calendar", http.Languages()), options.Value.CalendarOrganizer));
    }

    // Of what the owner may see, only what is the owner's: an administrator sees everybody's.
    private static IQueryable<Appointment> Own(CarelineDb db, Actor owner)
    {
        var (patientId, doctorId) = (owner.PatientId, owner.DoctorId);
        var actedFor = ProxyRow.InForce(db, owner).Where(p => p.CanBook).Select(p => p.PatientId);
        return Appointment.VisibleTo(db, owner)
            .Where(a => a.HiddenAt == null && (a.PatientId == patientId || a.DoctorId == doctorId || actedFor.Contains(a.PatientId)));
    }
}
