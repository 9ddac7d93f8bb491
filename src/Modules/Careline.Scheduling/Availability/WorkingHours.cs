using Careline.Doctors.Contracts;

namespace Careline.Scheduling.Availability;

/// <summary>What an exception does to its days.</summary>
public enum ExceptionKind
{
    /// <summary>Nobody is seen: the whole day, or its hours.</summary>
    DayOff,

    /// <summary>Hours beside the weekly ones.</summary>
    ExtraDay,
}

/// <summary>Hours of a weekday by the wall clock. An end that is not after the start means the next day.</summary>
internal sealed record WeeklyHours(DayOfWeek Weekday, TimeOnly Start, TimeOnly End, Guid? ClinicId = null, Modality? Modality = null);

/// <summary>Days on which something else holds. Without hours a day off is the whole day.</summary>
internal sealed record HoursException(ExceptionKind Kind, DateOnly FirstDay, DateOnly LastDay, TimeOnly? Start = null, TimeOnly? End = null)
{
    public bool Covers(DateOnly day) => FirstDay <= day && day <= LastDay;

    public bool IsWholeDay => Kind == ExceptionKind.DayOff && Start is null;
}

/// <summary>When a doctor can be booked, as <see cref="SlotFinder"/> reads it.</summary>
internal sealed record WorkingHours
{
    /// <summary>The zone by whose wall clock hours and days are meant.</summary>
    public required string TimeZone { get; init; }

    public int SlotMinutes { get; init; } = 30;

    public int BufferBeforeMinutes { get; init; }

    public int BufferAfterMinutes { get; init; }

    public int MinimumNoticeMinutes { get; init; }

    public int HorizonDays { get; init; } = 90;

    /// <summary>Visits a day at most; null for as many as there are times.</summary>
    public int? DailyLimit { get; init; }

    public IReadOnlyList<WeeklyHours> Rules { get; init; } = [];

    public IReadOnlyList<HoursException> Exceptions { get; init; } = [];

    /// <summary>The pause between two visits: what is kept after the one and before the other.</summary>
    public TimeSpan Pause => TimeSpan.FromMinutes(BufferBeforeMinutes + BufferAfterMinutes);
}
