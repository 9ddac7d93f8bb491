namespace Careline.Hours.Contracts;

/// <summary>What an exception does to its days.</summary>
public enum ExceptionKind
{
    /// <summary>Nobody is seen: the whole day, or its hours.</summary>
    DayOff,

    /// <summary>Hours beside the weekly ones.</summary>
    ExtraDay,
}

/// <summary>Hours of a weekday by the wall clock.</summary>
/// <param name="Weekday">The day on which they begin.</param>
/// <param name="Start">When they begin.</param>
/// <param name="End">When they end; one that is not after the start means the next day.</param>
public record WeeklyHours(DayOfWeek Weekday, TimeOnly Start, TimeOnly End);

/// <summary>Days on which something else holds. Without hours a day off is the whole day.</summary>
/// <param name="Kind">What holds.</param>
/// <param name="FirstDay">The first day.</param>
/// <param name="LastDay">The last day.</param>
/// <param name="Start">From when, by the wall clock.</param>
/// <param name="End">Until when; one that is not after the start means the next day.</param>
public sealed record SpecialDays(ExceptionKind Kind, DateOnly FirstDay, DateOnly LastDay, TimeOnly? Start = null, TimeOnly? End = null)
{
    /// <summary>Whether it holds on a day.</summary>
    public bool Covers(DateOnly day) => FirstDay <= day && day <= LastDay;

    /// <summary>Whether nothing begins on its days.</summary>
    public bool IsWholeDay => Kind == ExceptionKind.DayOff && Start is null;
}

/// <summary>When somebody works: the hours of each week, and the days on which something else holds.</summary>
public record WeekPlan
{
    /// <summary>The IANA zone by whose wall clock hours and days are meant.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The hours of the week, which do not overlap.</summary>
    public IReadOnlyList<WeeklyHours> Rules { get; init; } = [];

    /// <summary>Days off and extra hours.</summary>
    public IReadOnlyList<SpecialDays> Exceptions { get; init; } = [];
}
