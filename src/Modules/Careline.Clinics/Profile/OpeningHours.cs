using Careline.Hours.Contracts;

namespace Careline.Clinics.Profile;

/// <summary>Hours of a weekday.</summary>
/// <param name="Weekday">The day on which they begin.</param>
/// <param name="StartTime">When, by the clinic's wall clock.</param>
/// <param name="EndTime">Until when; one that is not after the start means the next day.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record HoursForm([Required] DayOfWeek Weekday, [Required] TimeOnly StartTime, [Required] TimeOnly EndTime)
{
    internal WeeklyHours Weekly => new(Weekday, StartTime, EndTime);

    internal static IReadOnlyList<HoursForm> InOrder(IEnumerable<HoursForm> hours) => [.. hours.OrderBy(h => Wall.DayOfWeek(h.Weekday)).ThenBy(h => h.StartTime)];

    /// <summary>What is wrong with the hours of a week, if anything.</summary>
    internal static string? FaultOf(IReadOnlyList<HoursForm> hours) =>
        hours.Any(h => h is null || !Wall.IsWholeMinute(h.StartTime) || !Wall.IsWholeMinute(h.EndTime)) ? "Hours begin and end at whole minutes, such as 09:00."
        : Wall.OverlapInTheWeek(hours.Select(h => h.Weekly)) ? "Hours of the week must not overlap." : null;
}

/// <summary>Hours in which a clinic is open. Replaced with all others, never changed.</summary>
internal sealed class OpeningHours
{
    private OpeningHours()
    {
    }

    public Guid Id { get; private set; }

    public Guid ClinicId { get; private set; }

    public DayOfWeek Weekday { get; private set; }

    public TimeOnly StartTime { get; private set; }

    public TimeOnly EndTime { get; private set; }

    public static OpeningHours Of(Guid id, Guid clinicId, HoursForm form) =>
        new() { Id = id, ClinicId = clinicId, Weekday = form.Weekday, StartTime = form.StartTime, EndTime = form.EndTime };

    internal sealed class Mapping : IEntityTypeConfiguration<OpeningHours>
    {
        public void Configure(EntityTypeBuilder<OpeningHours> builder)
        {
            builder.ToTable("opening_hours", "clinics");
            builder.Property(h => h.Id).ValueGeneratedNever();
        }
    }
}
