using Careline.Doctors.Contracts;
using Careline.Hours.Contracts;
using Careline.Scheduling.Appointments;
using Careline.Scheduling.Availability;
using Careline.Scheduling.Slots;

namespace Careline.Scheduling.Series;

/// <summary>Two calendars at some moments: what the doctor offers then, and what is in either's way.</summary>
internal sealed class SeriesCalendar
{
    private readonly Func<DateTimeOffset, ListedSlot?> _slotAt;
    private readonly SpanSet _patient;
    private readonly DoctorTimes? _times;

    private SeriesCalendar(Func<DateTimeOffset, ListedSlot?> slotAt, SpanSet patient, DoctorTimes? times)
    {
        (_slotAt, _patient, _times) = (slotAt, patient, times);
    }

    public bool NeedsApproval => _times?.Terms.Booking == BookingPolicy.Approval;

    public static async Task<SeriesCalendar> ReadAsync(
        CarelineDb db, DoctorRow doctor, Guid patientId, IReadOnlyList<DateTimeOffset> starts, CancellationToken ct)
    {
        var (now, stretch) = (db.Now, new Span(starts.Min(), starts.Max().AddMilliseconds(1)));
        var patient = new SpanSet(await BusyAsync(db, a => a.PatientId == patientId, stretch, ct));
        if (doctor.HasSchedule && await DoctorTimes.ReadAsync(db, doctor.Id, stretch, null, ct) is { } times)
        {
            return new SeriesCalendar(
                at => times.Find(new Span(at, at.AddMilliseconds(1)), now).Cast<ListedSlot?>().FirstOrDefault(), patient, times);
        }

        var slots = await db.Set<TimeSlot>().Where(s => s.DoctorId == doctor.Id && s.DeletedAt == null && starts.Contains(s.StartsAt))
            .Select(s => new { s.Id, s.StartsAt, s.EndsAt, s.ClinicId }).ToListAsync(ct);
        var busy = new SpanSet(await BusyAsync(db, a => a.DoctorId == doctor.Id, stretch, ct));
        var byStart = slots.ToDictionary(s => s.StartsAt, s => (ListedSlot?)Listed(s.Id, new Span(s.StartsAt, s.EndsAt), s.ClinicId, busy));
        return new SeriesCalendar(at => byStart.GetValueOrDefault(at), patient, null);
    }

    /// <summary>The time that begins then, where both can; else why not. What is taken by the series itself counts.</summary>
    public (VisitTime? Time, string? Reason) At(DateTimeOffset start, IReadOnlyList<VisitTime> taken)
    {
        if (_slotAt(start) is not { } slot)
        {
            return (null, "outside_availability");
        }

        if (!slot.IsAvailable || taken.Any(t => t.Start < slot.Span.End && slot.Span.Start < t.End))
        {
            return (null, slot.Obstacle is Obstacle.TooSoon or Obstacle.Closed or Obstacle.DayIsFull ? "outside_availability" : "taken");
        }

        return _patient.Overlaps(slot.Span)
            ? (null, "patient_busy")
            : (new VisitTime(slot.Span.Start, slot.Span.End, slot.Id, slot.ClinicId) { Modality = slot.Modality, ScheduleVersion = _times?.Version }, null);
    }

    private static ListedSlot Listed(Guid id, Span span, Guid? clinicId, SpanSet busy) => new(id, span, clinicId, 1, !busy.Overlaps(span));

    private static async Task<List<Span>> BusyAsync(
        CarelineDb db, System.Linq.Expressions.Expression<Func<Appointment, bool>> whose, Span stretch, CancellationToken ct)
    {
        var (from, to, now) = (stretch.Start.AddDays(-1), stretch.End.AddDays(1), db.Now);
        var rows = await db.Set<Appointment>().Where(whose)
            .Where(a => a.StartsAt > from && a.StartsAt < to && Moves.Occupying.Contains(a.Status) && (a.Status != AppointmentStatus.Held || a.ExpiresAt > now))
            .Select(a => new { a.StartsAt, a.EndsAt }).ToListAsync(ct);
        return [.. rows.Select(r => new Span(r.StartsAt, r.EndsAt))];
    }
}
