namespace Careline.Analytics.Reports;

/// <summary>A stretch of days that moves with the calendar, so that a kept report is of now whenever it is run.</summary>
public enum ReportPeriod
{
    /// <summary>The day that it is.</summary>
    Today,

    /// <summary>The day before.</summary>
    Yesterday,

    /// <summary>Monday to Sunday of this week.</summary>
    ThisWeek,

    /// <summary>Monday to Sunday of the week before.</summary>
    LastWeek,

    /// <summary>This calendar month.</summary>
    ThisMonth,

    /// <summary>The calendar month before.</summary>
    LastMonth,

    /// <summary>The calendar quarter before.</summary>
    LastQuarter,

    /// <summary>This calendar year.</summary>
    ThisYear,

    /// <summary>The calendar year before.</summary>
    LastYear,
}

/// <summary>Days, both of them in it.</summary>
internal readonly record struct Days(DateOnly First, DateOnly Last)
{
    /// <summary>What a period means on a day.</summary>
    public static Days Of(ReportPeriod period, DateOnly today)
    {
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var month = new DateOnly(today.Year, today.Month, 1);
        var quarter = new DateOnly(today.Year, ((today.Month - 1) / 3 * 3) + 1, 1);
        var year = new DateOnly(today.Year, 1, 1);
        return period switch
        {
            ReportPeriod.Today => new(today, today),
            ReportPeriod.Yesterday => new(today.AddDays(-1), today.AddDays(-1)),
            ReportPeriod.ThisWeek => new(monday, monday.AddDays(6)),
            ReportPeriod.LastWeek => new(monday.AddDays(-7), monday.AddDays(-1)),
            ReportPeriod.ThisMonth => new(month, month.AddMonths(1).AddDays(-1)),
            ReportPeriod.LastMonth => new(month.AddMonths(-1), month.AddDays(-1)),
            ReportPeriod.LastQuarter => new(quarter.AddMonths(-3), quarter.AddDays(-1)),
            ReportPeriod.ThisYear => new(year, year.AddYears(1).AddDays(-1)),
            _ => new(year.AddYears(-1), year.AddDays(-1)),
        };
    }
}
