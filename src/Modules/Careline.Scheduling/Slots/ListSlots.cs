using Careline.Doctors.Contracts;
using Npgsql;

namespace Careline.Scheduling.Slots;

/// <summary>Part of a doctor's day, by the doctor's wall clock.</summary>
public enum DayPart
{
    /// <summary>Before twelve.</summary>
    Morning,

    /// <summary>From twelve to five.</summary>
    Afternoon,

    /// <summary>From five.</summary>
    Evening,
}

internal static class ListSlots
{
    private const int DayOfSlots = 100;

    public static TimeOnly Noon { get; } = new(12, 0);

    public static TimeOnly Evening { get; } = new(17, 0);

    public static void Map(RouteGroupBuilder group) => group.MapGet("/", Handle)
        .Named("ListTimeSlots", "Lists a doctor's times of a day or of up to 62 days.")
        .WithFilters("doctor", "doctor_id", "date", "start_date", "end_date", "available_only", "day_part")
        .ForAnyone("People choose a time before they sign in.");

    public static DayPart PartOf(TimeOnly start) => start < Noon ? DayPart.Morning : start < Evening ? DayPart.Afternoon : DayPart.Evening;

    private static async Task<PageAnswer<TimeSlotResponse>> Handle(
        ListQuery query, Actor? actor, IDoctorLookup doctors, NpgsqlDataSource database, DatabaseTurns turns, TimeProvider clock, CancellationToken ct)
    {
        var doctorId = SlotQuery.Doctor(query, actor);
        var days = SlotQuery.Days(query);
        var availableOnly = query.Flag("available_only") ?? true;
        var part = query.Enum<DayPart>("day_part");
        var size = query.Integer("page_size", 1, DayOfSlots) ?? DayOfSlots;
        query.Check();

        var slots = new List<TimeSlotResponse>();
        if (await SlotQuery.ShownAsync(doctors, doctorId, actor, ct) is { } doctor)
        {
            foreach (var slot in await DoctorCalendar.ReadAsync(database, turns, doctor, days, clock.GetUtcNow(), ct))
            {
                if (slot.IsAvailable || !availableOnly)
                {
                    var listed = TimeSlotResponse.From(slot, doctorId, doctor.TimeZone);
                    if (part is null || PartOf(listed.StartTime) == part)
                    {
                        slots.Add(listed);
                    }
                }
            }
        }

        var skip = Math.Min((long)(query.Page - 1) * size, slots.Count);
        return Answer.Page(new Page<TimeSlotResponse>(
            slots.Count <= size && skip == 0 ? slots : slots.GetRange((int)skip, (int)Math.Min(size, slots.Count - skip)), slots.Count, query.Page, size));
    }
}
