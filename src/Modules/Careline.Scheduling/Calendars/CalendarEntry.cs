using Careline.Hours.Contracts.ICalendar;
using Careline.Platform.Delivery;
using Careline.Scheduling.Appointments;

namespace Careline.Scheduling.Calendars;

/// <summary>
/// A visit as calendars show it. Calendars are shared and read over shoulders: no name, no clinic, no kind of visit and no reason stand in it, only when it
/// is and the number by which those concerned find it.
/// </summary>
internal sealed record CalendarEntry(
    Guid Id, string Number, DateTimeOffset Start, DateTimeOffset End, AppointmentStatus Status, int Sequence, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt)
{
    /// <summary>Ends the UIDs of our entries, by which we know them again in a doctor's own calendar.</summary>
    public const string UidEnd = "@appointment.careline";

    /// <summary>What counts up the sequence (RFC 5546, section 2.1.4): the time has changed, or there is none any more.</summary>
    public static IReadOnlyList<AppointmentEventKind> Revisions { get; } =
        [AppointmentEventKind.Rescheduled, AppointmentEventKind.Cancelled, AppointmentEventKind.Rejected, AppointmentEventKind.Expired];

    /// <summary>The same for all revisions of a visit.</summary>
    public string Uid => $"{Id}{UidEnd}";

    public bool IsCalledOff => Status is AppointmentStatus.Cancelled or AppointmentStatus.Rejected or AppointmentStatus.Expired;

    private string StatusWord => IsCalledOff ? "CANCELLED" : Status is AppointmentStatus.Requested or AppointmentStatus.Held ? "TENTATIVE" : "CONFIRMED";

    /// <summary>A message between calendars (RFC 5546): an invitation, or its end.</summary>
    public string AsMessage(Phrase words, string organizer, string? attendee, DateTimeOffset now)
    {
        var text = Begin(new CalendarText()).Line("METHOD", IsCalledOff ? "CANCEL" : "REQUEST");
        return Close(Write(text, words, organizer, attendee, now)).ToString();
    }

    /// <summary>The file that calendar programs read again and again.</summary>
    public static string AsFeed(IEnumerable<CalendarEntry> entries, Phrase words, string organizer)
    {
        // RFC 7986, sections 5.1 and 5.7; the names with X- are what older programs read.
        var text = Begin(new CalendarText()).Text("NAME", words.Subject).Text("X-WR-CALNAME", words.Subject)
            .Line("REFRESH-INTERVAL;VALUE=DURATION", "PT15M").Line("X-PUBLISHED-TTL", "PT15M");
        foreach (var entry in entries)
        {
            // Without a METHOD the stamp says when the entry last changed (RFC 5545, section 3.8.7.2): the same file until something changes.
            entry.Write(text, words, organizer, null, entry.ChangedAt);
        }

        return Close(text).ToString();
    }

    private static CalendarText Begin(CalendarText text) =>
        text.Line("BEGIN", "VCALENDAR").Line("VERSION", "2.0").Line("PRODID", "-//Careline//Careline//EN").Line("CALSCALE", "GREGORIAN");

    private static CalendarText Close(CalendarText text) => text.Line("END", "VCALENDAR");

    private CalendarText Write(CalendarText text, Phrase words, string organizer, string? attendee, DateTimeOffset stamp)
    {
        text.Line("BEGIN", "VEVENT")
            .Line("UID", Uid)
            .Line("SEQUENCE", Sequence.ToString(CultureInfo.InvariantCulture))
            .Instant("DTSTAMP", stamp)
            .Instant("CREATED", CreatedAt)
            .Instant("LAST-MODIFIED", ChangedAt)
            .Instant("DTSTART", Start)
            .Instant("DTEND", End)
            .Text("SUMMARY", $"{words.Subject} {Number}")
            .Text("DESCRIPTION", words.Text)
            .Line("STATUS", StatusWord)
            .Line("TRANSP", IsCalledOff ? "TRANSPARENT" : "OPAQUE")
            .Line("CLASS", "PRIVATE")
            .Line("ORGANIZER", $"mailto:{organizer}");
        if (attendee is not null)
        {
            text.Line("ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE", $"mailto:{Uri.EscapeDataString(attendee).Replace("%40", "@", StringComparison.Ordinal)}");
        }

        return text.Line("END", "VEVENT");
    }

    /// <summary>The entries of some visits. Their sequence is counted from the history, which nobody can change, so that it never falls back.</summary>
    public static IQueryable<CalendarEntry> Of(CarelineDb db, IQueryable<Appointment> appointments) => appointments.Select(a => new CalendarEntry(
        a.Id, a.Number, a.StartsAt, a.EndsAt, a.Status, db.Set<AppointmentEvent>().Count(e => e.AppointmentId == a.Id && Revisions.Contains(e.Kind)), a.CreatedAt, a.UpdatedAt));
}
