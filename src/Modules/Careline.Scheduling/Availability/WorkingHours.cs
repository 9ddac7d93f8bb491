using Careline.Doctors.Contracts;
using Careline.Hours.Contracts;

namespace Careline.Scheduling.Availability;

/// <summary>Hours of a weekday, where the doctor is then and how visits are held.</summary>
internal sealed record VisitHours(DayOfWeek Weekday, TimeOnly Start, TimeOnly End, Guid? ClinicId, Modality? Modality) : WeeklyHours(Weekday, Start, End)
{
    /// <summary>How long a visit lasts at that clinic, where it is not as long as elsewhere.</summary>
    public int? SlotMinutes { get; init; }
}

/// <summary>When a doctor can be booked, as <see cref="SlotFinder"/> reads it.</summary>
internal sealed record WorkingHours : WeekPlan
{
    public int SlotMinutes { get; init; } = 30;

    public int BufferBeforeMinutes { get; init; }

    public int BufferAfterMinutes { get; init; }

    public int MinimumNoticeMinutes { get; init; }

    public int HorizonDays { get; init; } = 90;

    /// <summary>Visits a day at most; null for as many as there are times.</summary>
    public int? DailyLimit { get; init; }

    /// <summary>The pause between two visits: what is kept after the one and before the other.</summary>
    public TimeSpan Pause => TimeSpan.FromMinutes(BufferBeforeMinutes + BufferAfterMinutes);
}
