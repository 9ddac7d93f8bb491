using Careline.Platform.Data;
using Careline.Scheduling.Appointments;
using Microsoft.EntityFrameworkCore;

namespace Careline.Scheduling.Calendars;

internal static class CalendarEntries
{
    /// <summary>The entries of some visits. Their sequence is counted from the history, which nobody can change, so that it never falls back.</summary>
    public static IQueryable<CalendarEntry> Of(CarelineDb db, IQueryable<Appointment> appointments) => appointments.Select(a => new CalendarEntry(
        a.Id,
        a.Number,
        a.StartsAt,
        a.EndsAt,
        a.Status,
        db.Set<AppointmentEvent>().Count(e => e.AppointmentId == a.Id && CalendarEntry.Revisions.Contains(e.Kind)),
        a.CreatedAt,
        a.UpdatedAt));
}
