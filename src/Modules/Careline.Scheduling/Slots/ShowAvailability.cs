using Careline.Doctors.Contracts;
using Careline.Platform.Time;
using Npgsql;

namespace Careline.Scheduling.Slots;

/// <summary>On which days a doctor has free times.</summary>
/// <param name="DoctorId">The doctor.</param>
/// <param name="TimeZone">The doctor's IANA zone, in which the days are meant.</param>
/// <param name="StartDate">First day asked for.</param>
/// <param name="EndDate">Last day asked for.</param>
/// <param name="Available">Whether any of the days has a free time.</param>
/// <param name="FirstFreeAt">The first free start, if any.</param>
/// <param name="Days">Each day asked for.</param>
public sealed record AvailabilityResponse(
    Guid DoctorId, string TimeZone, DateOnly StartDate, DateOnly EndDate, bool Available, DateTimeOffset? FirstFreeAt, IReadOnlyList<AvailableDay> Days);

/// <summary>One day of a doctor.</summary>
/// <param name="Date">The day.</param>
/// <param name="Available">Whether it has a free time.</param>
/// <param name="TotalSlots">Slots offered.</param>
/// <param name="FreeSlots">Slots free.</param>
/// <param name="FirstFreeAt">The first free start, if any.</param>
/// <param name="Slots">The free slots; null when a range was asked for: list them by day.</param>
public sealed record AvailableDay(
    DateOnly Date, bool Available, int TotalSlots, int FreeSlots, DateTimeOffset? FirstFreeAt, IReadOnlyList<TimeSlotResponse>? Slots);

internal static class ShowAvailability
{
    public static void Map(IEndpointRouteBuilder app) => app.MapApi("/api/doctor-availability", "Time slots").MapGet("/", Handle)
        .Named("ShowDoctorAvailability", "Says on which days a doctor has free times.")
        .WithFilters("doctor", "doctor_id", "date", "start_date", "end_date")
        .ForAnyone("People choose a time before they sign in.");

    private static async Task<Answer<AvailabilityResponse>> Handle(
        ListQuery query, Actor? actor, IDoctorLookup doctors, NpgsqlDataSource database, DatabaseTurns turns, TimeProvider clock, CancellationToken ct)
    {
        var doctorId = SlotQuery.Doctor(query, actor);
        var days = SlotQuery.Days(query);
        query.Check();

        var doctor = await SlotQuery.ShownAsync(doctors, doctorId, actor, ct) ?? throw new NotFound();
        var calendar = await DoctorCalendar.ReadAsync(database, turns, doctor, days, clock.GetUtcNow(), ct);
        var byDay = calendar.ToLookup(slot => ZonedTimes.ToLocal(slot.Span.Start, doctor.TimeZone).Date);
        var shown = new List<AvailableDay>();
        for (var day = days.From; day <= days.To; day = day.AddDays(1))
        {
            var free = byDay[day].Where(s => s.IsAvailable).ToList();
            shown.Add(new AvailableDay(
                day,
                free.Count > 0,
                byDay[day].Count(),
                free.Count,
                free.Count > 0 ? free[0].Span.Start : null,
                days.From == days.To ? [.. free.Select(s => TimeSlotResponse.From(s, doctorId, doctor.TimeZone))] : null));
        }

        var first = shown.Find(d => d.Available)?.FirstFreeAt;
        return Answer.Ok(new AvailabilityResponse(doctorId, doctor.TimeZone, days.From, days.To, first is not null, first, shown));
    }
}
