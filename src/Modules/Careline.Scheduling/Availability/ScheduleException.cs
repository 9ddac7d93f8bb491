using Careline.Hours.Contracts;

namespace Careline.Scheduling.Availability;

/// <summary>Days on which something else holds than the weekly hours.</summary>
internal sealed class ScheduleException : IVersioned
{
    public Guid Id { get; private set; }

    public Guid DoctorId { get; private set; }

    public ExceptionKind Kind { get; private set; }

    public DateOnly FirstDay { get; private set; }

    public DateOnly LastDay { get; private set; }

    public TimeOnly? StartTime { get; private set; }

    public TimeOnly? EndTime { get; private set; }

    public string? Reason { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? RemovedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static ScheduleException Add(Guid doctorId, ExceptionRequest request, DateTimeOffset now)
    {
        var exception = new ScheduleException { Id = Ids.New(now), DoctorId = doctorId, CreatedAt = now };
        exception.Replace(request, now);
        return exception;
    }

    public void Replace(ExceptionRequest request, DateTimeOffset now)
    {
        Kind = request.Kind;
        (FirstDay, LastDay) = request.Days;
        StartTime = request.StartTime;
        EndTime = request.EndTime;
        Reason = request.Reason;
        UpdatedAt = now;
    }

    public void Remove(DateTimeOffset now) => RemovedAt = now;

    /// <summary>Extra hours that overlap others would offer two times at once.</summary>
    /// <exception cref="RuleViolation">It overlaps one of them.</exception>
    public void CheckBeside(IEnumerable<ScheduleException> others)
    {
        if (Kind == ExceptionKind.ExtraDay && others.Any(o => o.Id != Id && o.Kind == ExceptionKind.ExtraDay && Overlaps(o)))
        {
            throw new RuleViolation("EXCEPTION_OVERLAPS", "Other extra hours overlap these.");
        }
    }

    // By the wall clock, day by day; hours may reach into the day after.
    private bool Overlaps(ScheduleException other)
    {
        for (var shift = -1; shift <= 1; shift++)
        {
            var (start, end) = Minutes(this);
            var (otherStart, otherEnd) = Minutes(other);
            var isSomeDay = FirstDay <= other.LastDay.AddDays(shift) && other.FirstDay.AddDays(shift) <= LastDay;
            if (isSomeDay && start < otherEnd - (shift * 1440) && otherStart - (shift * 1440) < end)
            {
                return true;
            }
        }

        return false;

        static (int Start, int End) Minutes(ScheduleException e)
        {
            var (start, end) = ((int)e.StartTime!.Value.ToTimeSpan().TotalMinutes, (int)e.EndTime!.Value.ToTimeSpan().TotalMinutes);
            return (start, end > start ? end : end + 1440);
        }
    }

    internal sealed class Mapping : IEntityTypeConfiguration<ScheduleException>
    {
        public void Configure(EntityTypeBuilder<ScheduleException> builder)
        {
            builder.ToTable("schedule_exceptions", "scheduling");
            builder.Property(e => e.Id).ValueGeneratedNever();
        }
    }
}
