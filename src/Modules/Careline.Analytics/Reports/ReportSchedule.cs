using Careline.Analytics.Exports;
using Careline.Platform.Time;

namespace Careline.Analytics.Reports;

/// <summary>How often a report is sent.</summary>
public enum ReportFrequency
{
    /// <summary>Each day.</summary>
    Daily,

    /// <summary>On one day of each week.</summary>
    Weekly,

    /// <summary>On one day of each month; on its last day where the month has no such day.</summary>
    Monthly,
}

/// <summary>When a reader is sent a report's file again, by a wall clock.</summary>
internal sealed class ReportSchedule : IVersioned
{
    private ReportSchedule()
    {
    }

    public Guid Id { get; private set; }

    public Guid ReportId { get; private set; }

    public Guid AccountId { get; private set; }

    public ReportFrequency Frequency { get; private set; }

    /// <summary>From 1, Monday, to 7.</summary>
    public int? Weekday { get; private set; }

    public int? DayOfMonth { get; private set; }

    public TimeOnly Time { get; private set; }

    public string TimeZone { get; private set; } = "";

    public ExportFormat Format { get; private set; }

    public DateTimeOffset NextAt { get; private set; }

    public DateTimeOffset? LastAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static ReportSchedule Of(Guid id, Guid reportId, Guid accountId, DateTimeOffset now) =>
        new() { Id = id, ReportId = reportId, AccountId = accountId, CreatedAt = now };

    public void Replace(ReportScheduleRequest request, DateTimeOffset now)
    {
        (Frequency, Time, TimeZone, Format) = (request.Frequency, request.Time, request.TimeZone, request.Format);
        Weekday = Frequency == ReportFrequency.Weekly ? request.Weekday : null;
        DayOfMonth = Frequency == ReportFrequency.Monthly ? request.DayOfMonth : null;
        (NextAt, UpdatedAt) = (After(now), now);
    }

    /// <summary>It was sent. Times that passed while nobody was there to send are not made up for: the next one is ahead.</summary>
    public void Sent(DateTimeOffset now) => (LastAt, NextAt, UpdatedAt) = (now, After(now), now);

    /// <summary>
    /// The first time after a moment. A wall-clock time that a clock change skips is the moment of the change, one that it repeats the first of the two: each day has one.
    /// </summary>
    public DateTimeOffset After(DateTimeOffset moment)
    {
        for (var day = ZonedTimes.ToLocal(moment, TimeZone).Date; ; day = day.AddDays(1))
        {
            var at = ZonedTimes.FirstAt(day, Time, TimeZone);
            if (at > moment && IsOn(day))
            {
                return at;
            }
        }
    }

    private bool IsOn(DateOnly day) => Frequency switch
    {
        ReportFrequency.Daily => true,
        ReportFrequency.Weekly => (((int)day.DayOfWeek + 6) % 7) + 1 == Weekday,
        _ => day.Day == Math.Min(DayOfMonth!.Value, DateTime.DaysInMonth(day.Year, day.Month)),
    };

    internal sealed class Mapping : IEntityTypeConfiguration<ReportSchedule>
    {
        public void Configure(EntityTypeBuilder<ReportSchedule> builder)
        {
            builder.ToTable("report_schedules", "analytics");
            builder.Property(s => s.Id).ValueGeneratedNever();
        }
    }
}
